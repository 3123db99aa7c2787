// The server forgets a draft after some idle minutes. Writing counts as being here; before the time is over a
// warning offers one press for more; afterwards the page says plainly what is gone.
;(function (document, window) {
  var MINUTE = 60000
  var WARN = 5 // minutes before the end, or a third of the time when it is shorter than that
  var TOUCH = 5 // at most one sign of life to the server in so many minutes

  var body = document.body
  var minutes = Number(body.getAttribute('data-idle-minutes'))
  var address = body.getAttribute('data-extend-url')
  var box = document.getElementById('idle')
  if (!minutes || !address || !box) return

  var soon = box.querySelector('[data-idle-soon]')
  var over = box.querySelector('[data-idle-over]')
  var token = document.querySelector('[name=csrf_token]')
  var touched = new Date().getTime()
  var timers = []

  function show(ending) {
    soon.hidden = ending
    over.hidden = !ending
    box.hidden = false
    document.documentElement.classList.add('has-idle')
  }

  function start() {
    touched = new Date().getTime()
    timers.forEach(window.clearTimeout)
    box.hidden = true
    document.documentElement.classList.remove('has-idle')
    timers = [
      window.setTimeout(show, (minutes - Math.min(WARN, minutes / 3)) * MINUTE, false),
      window.setTimeout(show, minutes * MINUTE, true)
    ]
  }

  function extend() {
    var request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded')
    request.onload = function () {
      if (request.status < 300) start()
      else show(true)
    }
    request.send(token ? 'csrf_token=' + encodeURIComponent(token.value) : '')
    touched = new Date().getTime()
  }

  box.querySelector('[data-extend]').addEventListener('click', extend)
  document.addEventListener('input', function () {
    if (over.hidden && new Date().getTime() - touched > TOUCH * MINUTE) extend()
  })
  start()
})(document, window)
