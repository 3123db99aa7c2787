// Staff pages: a button that prints. Everything else there works by plain forms and links.
;(function (document, window) {
  Array.prototype.forEach.call(document.querySelectorAll('[data-print]'), function (button) {
    button.hidden = false
    button.addEventListener('click', function () {
      window.print()
    })
  })
})(document, window)
