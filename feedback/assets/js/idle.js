// The server forgets a draft after some idle minutes, and signs staff out. Writing counts as being here; before the time is over a
// warning offers one press for more; afterwards the page says plainly what is gone. A shared tablet opens its first
// page for the next person instead, and there every touch counts as being here.
;(function (document, window) {
  var MINUTE = 60000
  var WARN = 5 // minutes before the end, or a third of the time when it is shorter than that
  var TOUCH = 5 // at most one sign of life to the server in so many minutes, or in a third of the time

  var body = document.body
  var minutes = Number(body.getAttribute('data-idle-minutes'))
  var address = body.getAttribute('data-extend-url')
  var next = body.getAttribute('data-idle-then')
  var box = document.getElementById('idle')
  if (!minutes || !address || !box) return

  var soon = box.querySelector('[data-idle-soon]')
  var over = box.querySelector('[data-idle-over]')
  var token = document.querySelector('[name=csrf_token]')
  var touched = new Date().getTime()
  var timers = []

  function show(ending) {
    if (ending && next) {
      document.documentElement.className += ' leaving'
      window.location.replace(next)
      return
    }
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
    // A page that is only read has no draft to keep.
    if (!token) return start()
    var request = new XMLHttpRequest()
    request.open('POST', address)
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded')
    request.onload = function () {
      if (request.status < 300) start()
      else show(true)
    }
    request.send('csrf_token=' + encodeURIComponent(token.value))
    touched = new Date().getTime()
  }

  function here() {
    if (over.hidden && new Date().getTime() - touched > Math.min(TOUCH, minutes / 3) * MINUTE) extend()
  }

  box.querySelector('[data-extend]').addEventListener('click', extend)
  document.addEventListener('input', here)
  if (next) {
    document.addEventListener('click', here)
    window.addEventListener('scroll', here)
  }
  start()
})(document, window)
