// Long texts: how many characters are left, seen at once and spoken when the writing pauses.
;(function (document, window) {
  var PAUSE = 1000 // milliseconds without a key before the count is spoken
  var NEARLY = 0.2 // only the last fifth is spoken, so that writing is not talked over

  function count(area) {
    var limit = Number(area.getAttribute('data-count'))
    var seen = document.getElementById(area.getAttribute('data-count-shown'))
    var spoken = document.getElementById(area.getAttribute('data-count-spoken'))
    if (!seen || !spoken) return
    var timer

    function show() {
      // Counted as the server counts: a pair of surrogates is one character.
      var left = limit - area.value.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, '_').length
      var text = seen.getAttribute(left < 0 ? 'data-over' : 'data-left').replace('{n}', Math.abs(left))
      seen.textContent = text
      window.clearTimeout(timer)
      timer = window.setTimeout(function () {
        spoken.textContent = left < limit * NEARLY ? text : ''
      }, PAUSE)
    }

    area.addEventListener('input', show)
    show()
  }

  Array.prototype.forEach.call(document.querySelectorAll('[data-count]'), count)
})(document, window)
