"""Find what identifies by its form: e-mail and web addresses, handles, telephone and case numbers, postcodes, dates.

Looks at signs and digits in any script; the only words it knows are cues such as "snap:" or "ref" and month names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from feedback.text.redaction.lists import cues
from feedback.text.redaction.spans import Hidden, Words
from feedback.text.tokens import Folded

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-")
_ENDINGS = ("co", "com", "org", "net", "gov", "ac", "io", "me", "uk", "info", "app", "tv", "ly", "link")
_LINK = regex.compile(
    rf"(?:https?://|www\.)[^\s<>\"]++|(?<![a-z0-9.\-])[a-z0-9-]++(?:\.(?:{'|'.join(_ENDINGS)}))++\b(?:/[^\s<>\"]*+)?"
)
_DOT_ENDING = regex.compile(rf"\.(?:{'|'.join(_ENDINGS)})")
"""Looking for this first is much cheaper than the pattern of a link."""
_PROVIDERS = ("gmail", "hotmail", "outlook", "yahoo", "icloud", "live", "googlemail", "aol", "proton")
_SPELT_EMAIL = regex.compile(
    rf"(?<![\w.])[\w.]{{1,64}}+\s(?:at|@)\s(?:{'|'.join(_PROVIDERS)}\w*+)\b(?:\s?(?:dot|\.)\s?(?:com|co|uk|net|org))*+"
)
_HANDLE = regex.compile(r"(?<![\p{L}\p{N}._])[\p{L}\p{N}.]*+_[\p{L}\p{N}_.]*[\p{L}\p{N}_]")
_DIGITS = regex.compile(r"[+(]{0,2}\d(?:[ .\-–—()/\u00a0]{0,3}\d)*+")
_LETTERS = regex.compile(r"\p{L}++")
_NO_LETTERS = {sign: " " for sign in range(128) if not chr(sign).isalpha()}
_GROUP = regex.compile(r"\d+")
_POSTCODE = regex.compile(r"(?<![a-z0-9_])(?:[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[abd-hjlnp-uw-z]{2}|gir 0aa)(?![a-z0-9_])")
"""Chinese and other signs may stand right beside a postcode."""
_OUTWARD = regex.compile(
    r"\b(?:br[1-8]|cr[02-9]|da(?:1\d|[1-9])|se(?:1\d|2[0-8]|[2-9])|sw(?:1\d|20|[2-9])|nw(?:1[01]|[1-9])|tn(?:1\d|[1-9])|me(?:1\d|20|[1-9])|sm[1-7]|kt(?:1\d|2[0-4]|[1-9])|rm(?:1\d|[2-9])|ig(?:1[01]|[1-9])|en[1-9]|ha[0-9]|ub(?:1[01]|[1-9])|tw(?:1\d|20|[1-9])|ec[1-4]|wc[12]|rh(?:1\d|20|[1-9])|ct(?:1\d|2[01]|[1-9]))\b(?!\s?%)"
)
_DATE = regex.compile(
    r"(?<!\d)(?:\d{1,2}\s?([./\-])\s?\d{1,2}\s?\1\s?(?:19|20)?\d{2}|(?:1[34]|19|20)\d{2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{1,2})(?!\d)"
)
"""Years that begin with 13 or 14 are of the calendars of Iran and of Islam."""
_HAN_DATE = regex.compile(r"(?:(?:19|20)\d{2}\s?年\s?)?\d{1,2}\s?月\s?\d{1,2}\s?[日號号]")
_BIRTH_REACH = 30
_CODE = regex.compile(
    r"(?<![\p{L}\p{N}£$€])(?:[a-z]{1,4}[/\-]?\d{4,}[a-z]?|\d{2,}[/\-]\d{4,}|[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d])(?![\p{L}\p{N}])"
)
_SPOKEN_DIGITS = dict.fromkeys(
    ["oh", "zero", "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple"]
)
_SPOKEN_DIGIT = rf"(?:{'|'.join(_SPOKEN_DIGITS)}|\d)"
_SPOKEN = regex.compile(rf"\b{_SPOKEN_DIGIT}(?:[ ,\-]{{1,2}}{_SPOKEN_DIGIT}){{6,}}+\b")
_MONEY = "£$€"
_LONG_RUN = 5
_PHONE_DIGITS = 7
_DATE_DIGITS = 4
_REFERENCE_DIGITS = 3
_TIME = regex.compile(r"\d{1,2}[.:]?\d{0,2}(?:\s?[-–—/]\s?\d{1,2}[.:]?\d{0,2})?")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns that need words from the lists."""

    month_date: regex.Pattern[str]
    birth: regex.Pattern[str]
    reference: regex.Pattern[str]
    account: regex.Pattern[str]
    account_ends: frozenset[str]
    """The last run of letters of every word for an account; one is in every text that `account` finds something in."""


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Return the patterns with words, compiled at the first call."""
    words = cues()
    return _Patterns(
        month_date=regex.compile(
            r"(?<![\p{L}\p{N}])(?:"
            r"\d{1,2}\s?(?:st|nd|rd|th|er|\.)?\s?(?:of\s|de\s|du\s)?\L<months>"
            r"(?:\s?,?\s?(?:de\s|del\s)?(?P<y>(?:19|20)\d{2}|'?\d{2}(?!\d)))?"
            r"|\L<months>\s\d{1,2}(?:st|nd|rd|th)?,?\s(?P<y>(?:19|20)\d{2})"
            r")(?![\p{L}\p{N}])",
            months=words.months,
        ),
        birth=regex.compile(r"(?<![\p{L}\p{M}])\L<words>", words=words.birth),
        reference=regex.compile(
            r"(?<![\p{L}\p{N}])(?:\L<words>)(?:\s?(?:number|num|no|nr|id|ref))?[\s:.#=]{0,3}(?:is\s)?"
            r"((?:[\p{L}]{1,5}[\s/\-]?)?\d[\p{L}\d]*+(?:[\-/ ]?\d[\p{L}\d]*+)*+)",
            words=words.references,
        ),
        account=regex.compile(
            r"(?<![\p{L}\p{N}])(?:\L<words>)(?:\s(?:name|tag|user|account|handle|id))?"
            r"(?:\sis|\s?[:=\-]|\sas|\sunder)\s?(?P<who>[\p{L}\p{N}._\-]{3,30})",
            words=words.accounts,
        ),
        account_ends=frozenset(_LETTERS.findall(account)[-1] for account in words.accounts),
    )


def find(folded: Folded, _words: Words) -> Iterator[Hidden]:
    """Yield what has the form of an address, account, number, postcode or date."""
    text = folded.text
    for start, end, role in _found(text):
        if start < end:
            yield Hidden(folded.place(start), folded.place(end - 1) + 1, role)


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    if "@" in text:
        yield from _at_signs(text)
    runs = _runs(text)
    there = set(runs)
    if ("@" in text or "at" in there) and any(provider in text for provider in _PROVIDERS):
        yield from ((m.start(), m.end(), "email") for m in _SPELT_EMAIL.finditer(text))
    if "://" in text or "www." in text or _DOT_ENDING.search(text):
        yield from ((m.start(), m.end(), "link") for m in _LINK.finditer(text))
    if "_" in text:
        yield from ((m.start(), m.end(), "handle") for m in _HANDLE.finditer(text))
    if not there.isdisjoint(_patterns().account_ends):
        yield from (
            (m.start("who"), m.end("who"), "handle") for m in _patterns().account.finditer(text) if _account(m["who"])
        )
    digits = sum(map(text.count, "0123456789"))
    if digits + sum(map(_SPOKEN_DIGITS.__contains__, runs)) >= _PHONE_DIGITS:
        yield from ((m.start(), m.end(), "number") for m in _SPOKEN.finditer(text))
    if digits:
        yield from _with_digits(text, digits, there)


def _runs(text: str) -> list[str]:
    """Return the runs of letters of a folded text."""
    return text.translate(_NO_LETTERS).split() if text.isascii() else _LETTERS.findall(text)


def _account(who: str) -> bool:
    """Whether a word after "snap is" looks like an account rather than a word."""
    return any(c.isdigit() or c in "._" for c in who[:-1]) or not cues().is_known(who.strip("."))


def _at_signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield e-mail addresses and @handles: from each sign outwards, so that no run is read twice."""
    floor = 0
    for match in regex.finditer("@", text):
        start = end = match.start()
        while start > floor and text[start - 1] in _LOCAL:
            start -= 1
        end += 1
        while end < len(text) and (text[end] in _LOCAL or text[end].isalnum()):
            end += 1
        while end - 1 > match.start() and text[end - 1] in ".-":
            end -= 1
        floor = end
        if end - match.start() > 1:
            yield start, end, "email" if start < match.start() else "handle"


def _with_digits(text: str, digits: int, runs: set[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what holds digits; each pattern is tried only where there are as many as it needs."""
    for pattern in (_DATE, _HAN_DATE):
        yield from (
            (m.start(), m.end(), "date")
            for m in (pattern.finditer(text) if digits >= _DATE_DIGITS or pattern is _HAN_DATE else ())
            if pattern is _DATE or "年" in m.group() or _near_birth(text, m)
        )
    for match in _patterns().month_date.finditer(text) if _may_name_a_month(text, runs) else ():
        if match["y"] or _near_birth(text, match):
            yield match.start(), match.end(), "date"
    yield from ((m.start(), m.end(), "postcode") for m in _POSTCODE.finditer(text))
    yield from ((m.start(), m.end(), "postcode") for m in _OUTWARD.finditer(text))
    if digits < _REFERENCE_DIGITS:
        return
    yield from (
        (m.start(1), m.end(1), "number")
        for m in _patterns().reference.finditer(text)
        if sum(c.isdigit() for c in m[1]) >= _REFERENCE_DIGITS
    )
    for match in _DIGITS.finditer(text):
        if _is_number(text, match):
            yield match.start(), match.end(), "number"
    yield from ((m.start(), m.end(), "number") for m in _CODE.finditer(text))


def _may_name_a_month(text: str, there: set[str]) -> bool:
    """Whether a month may stand in a text: as a run of letters, or within one where it is no such run."""
    runs, others = _months()
    return not runs.isdisjoint(there) or any(month in text for month in others)


@lru_cache(maxsize=1)
def _months() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the months that are runs of letters, also with the ending of a number before them, and the others."""
    months = cues().months
    runs = [month for month in months if _LETTERS.fullmatch(month)]
    joined = frozenset(ending + month for month in runs for ending in ("", "st", "nd", "rd", "th", "er"))
    return joined, tuple(sorted(months.difference(runs)))


def _near_birth(text: str, match: regex.Match[str]) -> bool:
    """Whether a word for being born stands close by."""
    return (
        _patterns().birth.search(text, max(0, match.start() - _BIRTH_REACH), min(len(text), match.end() + _BIRTH_REACH))
        is not None
    )


def _is_number(text: str, match: regex.Match[str]) -> bool:
    """Whether a run of digits is long enough to be a telephone, case or account number and not money, time or years."""
    run = match.group()
    groups = _GROUP.findall(run)
    digits = "".join(groups)
    if digits in cues().help_numbers or (match.start() and text[match.start() - 1] in _MONEY):
        return False
    if any(len(group) >= _LONG_RUN for group in groups):
        return True
    if len(digits) < _PHONE_DIGITS or _TIME.fullmatch(run):
        return False
    if all(len(group) == 4 and group[:2] in ("19", "20") for group in groups):  # noqa: PLR2004 - years
        return False
    return len(digits) >= 10 or any(len(group) > 2 for group in groups)  # noqa: PLR2004 - "1 2 3 4 5 6 7" counts, a telephone number has longer groups
