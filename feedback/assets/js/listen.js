// The page read aloud by a voice that lives on this device. A voice on somebody else's computer would be sent what the
// person reads, so it is never used; without a voice of the page's language the button stays away.
;(function (document, window) {
  var SPOKEN = 'h1, .govuk-hint:not([data-left]), .ideas p, .govuk-body, label'
  // Regions whose speech belongs to a language, best first; other languages take any voice of theirs.
  var REGIONS = { en: ['en-gb'], 'zh-hant': ['zh-hk', 'yue-hk', 'zh-tw'] }
  var ONLY = { 'zh-hant': true }

  var button = document.querySelector('[data-listen]')
  var speech = window.speechSynthesis
  if (!button || !speech) return
  var language = document.documentElement.lang.toLowerCase()
  var base = language.split('-')[0]
  var wanted = REGIONS[language] || REGIONS[base] || []
  var words = [button.textContent, button.getAttribute('data-stop')]
  var talking = 0

  function tag(voice) {
    return voice.lang.toLowerCase().replace('_', '-')
  }

  function voice() {
    var found = speech.getVoices().filter(function (each) {
      return each.localService && (ONLY[language] ? wanted.indexOf(tag(each)) >= 0 : tag(each).split('-')[0] === base)
    })
    found.sort(function (a, b) {
      var places = [wanted.indexOf(tag(a)), wanted.indexOf(tag(b))]
      return (places[0] < 0 ? 9 : places[0]) - (places[1] < 0 ? 9 : places[1])
    })
    return found[0]
  }

  function stop() {
    talking += 1
    speech.cancel()
    button.textContent = words[0]
  }

  function say() {
    var run = (talking += 1)
    var parts = Array.prototype.filter.call(document.querySelectorAll('main')[0].querySelectorAll(SPOKEN), function (part) {
      return part.offsetParent && part.textContent.trim()
    })
    speech.cancel()
    button.textContent = words[1]
    parts.forEach(function (part, index) {
      var utterance = new window.SpeechSynthesisUtterance(part.textContent.trim())
      utterance.voice = voice()
      utterance.lang = utterance.voice.lang
      utterance.rate = 0.9
      if (index === parts.length - 1) {
        utterance.onend = function () {
          if (run === talking) stop()
        }
      }
      speech.speak(utterance)
    })
  }

  function offer() {
    button.hidden = !voice()
  }

  button.addEventListener('click', function () {
    if (button.textContent === words[0]) say()
    else stop()
  })
  if (speech.addEventListener) speech.addEventListener('voiceschanged', offer)
  window.addEventListener('pagehide', stop)
  offer()
})(document, window)
