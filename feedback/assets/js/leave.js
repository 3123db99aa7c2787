// Leave this page: covers and silences it at once and replaces it in the history by the address that ends the session.
// Shift, alone, three times within five seconds does the same. Without this script the link is a plain link.
;(function (document, window) {
  var WITHIN = 5000 // milliseconds
  var TIMES = 3

  var link = document.querySelector('[data-leave]')
  if (!link) return
  var status = document.getElementById('leave-status')
  var presses = []
  var alone = false

  function say(name) {
    if (status) status.textContent = status.getAttribute(name) || ''
  }

  function hush() {
    if (window.speechSynthesis) window.speechSynthesis.cancel()
    Array.prototype.forEach.call(document.querySelectorAll('audio'), function (each) {
      each.pause()
    })
  }

  function leave(event) {
    if (event) event.preventDefault()
    document.documentElement.className += ' leaving'
    document.title = '…'
    hush()
    say('data-now')
    window.location.replace(link.href)
  }

  function pressed() {
    var now = new Date().getTime()
    presses = presses.filter(function (then) {
      return now - then < WITHIN
    })
    presses.push(now)
    if (presses.length >= TIMES) leave()
    else say(presses.length === 1 ? 'data-two-more' : 'data-one-more')
  }

  Array.prototype.forEach.call(document.querySelectorAll('[data-leave]'), function (each) {
    each.addEventListener('click', leave)
  })

  // A capital letter is shift with another key: it must not count, nor be talked about.
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Shift') {
      if (!event.repeat) alone = true
    } else {
      alone = false
      presses = []
    }
  })
  document.addEventListener('keyup', function (event) {
    if (event.key === 'Shift' && alone) pressed()
    alone = false
  })
})(document, window)
