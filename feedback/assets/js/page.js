// Every page: focus to the errors or the heading, one sending per form, nothing kept by the Back button.
;(function (document, window) {
  var AGAIN = 8000 // milliseconds after which a form whose answer never came may be sent again

  var first = document.querySelector('[data-focus]')
  if (first) first.focus({ preventScroll: !first.classList.contains('govuk-error-summary') })

  document.addEventListener('submit', function (event) {
    var form = event.target
    var now = new Date().getTime()
    if (form.sentAt && now - form.sentAt < AGAIN) event.preventDefault()
    else form.sentAt = now
  })

  // A page kept whole by the browser is asked for again: its session may have ended since.
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) window.location.reload()
  })
})(document, window)
