// Staff pages: a button that prints, and the reading desk's keys. Everything else there works by plain forms and links.
;(function (document, window) {
  Array.prototype.forEach.call(document.querySelectorAll('[data-print]'), function (button) {
    button.hidden = false
    button.addEventListener('click', function () {
      window.print()
    })
  })
})(document, window)

// One key for each choice, as the page lists them. Who switches them off has them off until they sign out.
;(function (document, window) {
  var TYPED_INTO = 'textarea, select, input:not([type=radio]):not([type=checkbox])'

  var form = document.querySelector('form[data-keys]')
  var list = document.querySelector('[data-keys-list]')
  if (!form || !list) return
  var button = list.querySelector('[data-keys-switch]')
  var off = list.hasAttribute('data-keys-off')

  function show() {
    button.textContent = button.getAttribute(off ? 'data-off' : 'data-on')
  }

  function choose(place) {
    var name = place.getAttribute('data-field')
    var value = place.getAttribute('data-value')
    var field = form.querySelector('[name="' + name + '"]' + (value ? '[value="' + value + '"]' : ''))
    if (!field) return
    field.focus()
    if (value) field.click()
  }

  button.addEventListener('click', function () {
    var request = new XMLHttpRequest()
    request.open('POST', button.getAttribute('data-url'))
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded')
    request.onload = function () {
      if (request.status < 300) off = !off
      show()
    }
    request.send('csrf_token=' + encodeURIComponent(form.querySelector('[name=csrf_token]').value))
  })

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && form.contains(event.target)) {
      form.querySelector('[data-main]').click()
      event.preventDefault()
      return
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || off) return
    if (event.target.matches && event.target.matches(TYPED_INTO)) return
    Array.prototype.forEach.call(list.querySelectorAll('[data-key]'), function (place) {
      if (place.getAttribute('data-key') !== event.key.toLowerCase()) return
      choose(place)
      event.preventDefault()
    })
  })

  list.hidden = false
  show()
})(document, window)
