"""Say which of the sixteen languages a text is written in, or that nobody can tell.

The form's language is the first guess; script, everyday words and spelling outvote it when they are clear
(somebody answers an English form in Polish, or types Urdu in Latin letters). Knows nothing about meaning.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, lru_cache

import regex

from feedback.text.lexicon import read
from feedback.text.remembered import Remembered
from feedback.text.words import visible, words

LANGUAGES = (
    "en",
    "pl",
    "ro",
    "bg",
    "es",
    "fr",
    "pt",
    "tr",
    "sq",
    "ta",
    "bn",
    "ur",
    "ar",
    "fa",
    "uk",
    "zh_Hant",
)
"""The languages the service is offered in (practice, 4.6)."""

_SCRIPTS = {
    "ta": regex.compile(r"\p{Tamil}"),
    "bn": regex.compile(r"\p{Bengali}"),
    "zh_Hant": regex.compile(r"\p{Han}"),
    "arabic": regex.compile(r"\p{Arabic}"),
    "cyrillic": regex.compile(r"\p{Cyrillic}"),
    "latin": regex.compile(r"\p{Latin}"),
}
_OTHER_LETTER = regex.compile(
    r"[\p{L}--\p{Latin}--\p{Cyrillic}--\p{Arabic}--\p{Han}--\p{Bengali}--\p{Tamil}]", regex.V1
)
_LETTERS_OF = {
    "ur": regex.compile("[ٹڈڑےںہھ]"),
    "fa": regex.compile("[پچژگ]"),
    "uk": regex.compile("[іїєґІЇЄҐ]"),
    "bg": regex.compile("[ъщЪЩ]"),
    "ru": regex.compile("[ыэёЫЭЁ]"),
}
_FAMILIES = {"arabic": ("ar", "fa", "ur"), "cyrillic": ("bg", "uk")}
_SAMPLE = 2000
_CLEAR = 2
"""Words by which another language must be ahead of the form's."""


def detect(text: str, prior: str | None = None, folded: list[str] | None = None) -> str | None:
    """Return the language code of a text, or None when it is not one of ours or there is nothing to go by.

    `prior` is the language the form was answered in; it decides whatever the writing leaves open. `folded` are the
    text's folded words where the caller has them already.
    """
    prior = normal_code(prior)
    sample = visible(text[:_SAMPLE])
    script = _script(sample)
    if script is None:
        return prior
    if script == "other":
        return None
    if script in LANGUAGES:
        return script
    folded = words(sample) if folded is None else folded[:_SAMPLE]
    if script == "latin" and prior is not None and _has_few_strangers(folded, prior):
        return prior  # no language can be that many words ahead of it
    return _elect(_votes(folded, sample, script), prior, script, len(folded))


def is_one(text: str, language: str | None, folded: list[str]) -> bool:
    """Whether `detect` finds every part of a text in the text's own language, given its folded words."""
    return language is not None and text.isascii() and _has_few_strangers(folded, language)


def _has_few_strangers(folded: list[str], code: str) -> bool:
    """Whether too few words are another language's for it to win."""
    return sum(map(_strangers(code).__contains__, folded)) < _CLEAR


@lru_cache(maxsize=64)
def normal_code(code: str | None) -> str | None:
    """Return our code for a language code as forms and browsers write it, None for a language we do not have."""
    if not code:
        return None
    short = code.replace("_", "-").split("-")[0].lower()
    if short in {"zh", "yue"}:
        return "zh_Hant"
    return short if short in LANGUAGES else None


def _script(sample: str) -> str | None:
    """Return the script most letters belong to: a language with its own script, a family, "other" or None."""
    if sample.isascii():
        return "latin" if any(map(str.isalpha, sample)) else None
    counts = dict.fromkeys([*_SCRIPTS, "other"], 0)
    for sign, times in Counter(sample).items():
        script = _SCRIPT_OF[sign]
        if script is not None:
            counts[script] += times
    counts["zh_Hant"] *= 3  # one Han character says about as much as three letters
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else None


def _script_of(sign: str) -> str | None:
    """Return the script of a sign, "other" for a letter of one that none of our languages uses, None for no letter."""
    for name, pattern in _SCRIPTS.items():
        if pattern.match(sign):
            return name
    return "other" if _OTHER_LETTER.match(sign) else None


_SCRIPT_OF = Remembered(_script_of)


def _votes(folded: list[str], sample: str, script: str) -> dict[str, int]:
    """Return how many everyday words of each language the sample holds, marked letters counted too."""
    everyday = _everyday()
    votes: dict[str, int] = {}
    for word in folded:
        for code in everyday.get(word, ()):
            votes[code] = votes.get(code, 0) + 1
    family = _FAMILIES.get(script)
    if family:
        votes = {code: n for code, n in votes.items() if code in (*family, "ru")}
        for code, pattern in _LETTERS_OF.items():
            if code in (*family, "ru"):
                votes[code] = votes.get(code, 0) + 2 * len(pattern.findall(sample))
    return votes


def _elect(votes: dict[str, int], prior: str | None, script: str, length: int) -> str | None:
    """Return the winner; against the prior a vote must be clear: two words ahead and a fifth of the text."""
    if not votes:
        return prior if prior is not None and _may_be_written(prior, script) else None
    code = max(votes, key=votes.__getitem__)
    count = votes[code]
    beside = [votes.get(prior, 0)] if prior else [votes[other] for other in votes if other != code]
    lead = count - max(beside, default=0)
    if prior and _may_be_written(prior, script) and code != prior and (lead < _CLEAR or count * 5 < length):
        return prior
    if prior is None and (lead < 1 or count * 8 < length):
        return None
    return code if code in LANGUAGES else None


@cache
def _strangers(code: str) -> frozenset[str]:
    """Return the everyday words of other languages that are none in this one."""
    return frozenset(word for word, codes in _everyday().items() if code not in codes)


def _may_be_written(code: str, script: str) -> bool:
    """Whether a language can be written in a script; every language is typed in Latin letters by somebody."""
    return script == "latin" or code in _FAMILIES.get(script, (script,))


def is_everyday(word: str) -> bool:
    """Whether a folded word is one of those that every text holds, in any language, or no word at all."""
    return _IS_EVERYDAY[word]


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    """Return folded everyday word -> languages, from `lexicons/languages/everyday.toml`."""
    index: dict[str, list[str]] = {}
    for code, listed in read("languages", "everyday").items():
        for word in words(" ".join([*listed.get("script", []), *listed.get("latin", [])])):
            if code not in index.setdefault(word, []):
                index[word].append(code)
    return {word: tuple(codes) for word, codes in index.items()}


_IS_EVERYDAY: Remembered[str, bool] = Remembered(lambda word: word in _everyday() or not any(map(str.isalpha, word)))
