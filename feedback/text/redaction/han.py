"""Find Chinese names, which have no capitals and no blanks: by surname, title and the signs they are spelt with.

Knows Chinese script only.
"""

from __future__ import annotations

from collections.abc import Iterator

from feedback.text.redaction.lists import Cues, cues, name_list
from feedback.text.redaction.spans import Hidden, Words

_LONGEST = 6
_FEWEST_SOUNDS = 3
_KIN_TITLES = frozenset("叔嬸")
"""An uncle or aunt of the neighbourhood: the character before is a name."""


def find(words: Words) -> Iterator[Hidden]:
    """Yield Chinese names: listed ones, surname with title, surname with given characters, "little" and "ah" names."""
    text, cue = words.text, cues()
    if text.isascii() or not any("\u4e00" <= c <= "\u9fff" for c in text):
        return
    kept = [(w.start, w.end) for w in words.row if w.kept or w.hidden]
    blocked = bytearray(len(text) + 1)
    for start, end in kept:
        blocked[start:end] = b"\x01" * (end - start)
    at = 0
    while at < len(text):
        length = 0 if blocked[at] or not "\u4e00" <= text[at] <= "\u9fff" else _name_length(text, at, cue)
        if length and not any(blocked[at : at + length]):
            yield Hidden(at, at + length, "name")
        at += length or 1


def _name_length(text: str, at: int, cue: Cues) -> int:
    """Return how many characters of a name stand at an index, 0 for none."""
    written = max(_listed(text, at), _sounded(text, at, cue))
    return written or _with_surname(text, at, cue) or _familiar(text, at, cue)


def _listed(text: str, at: int) -> int:
    """Return the length of the longest listed name here."""
    names = name_list()
    longest = min(_LONGEST, len(text) - at)
    return next((length for length in range(longest, 1, -1) if text[at : at + length] in names), 0)


def _with_surname(text: str, at: int, cue: Cues) -> int:
    """Return the length of a name that begins with a surname here, of two characters or of one."""
    surnames = [length for length in (2, 1) if text[at : at + length] in cue.han_surnames]
    return next((found for length in surnames if (found := _after_surname(text, at, length, cue))), 0)


def _familiar(text: str, at: int, cue: Cues) -> int:
    """Return the length of a name as friends and neighbours say it, or of one that is introduced."""
    if _given(text, at, cue) and text[at + 1 : at + 2] in _KIN_TITLES and text[at : at + 2] not in cue.han_not_names:
        return 2
    familiar = text[at] in "阿小" and (_given(text, at + 1, cue) or _is_nickname(text, at, cue))
    if familiar and text[at : at + 2] not in cue.han_not_names:
        return 0 if text[at : at + 3] in cue.han_not_names else 2
    before = text[max(0, at - 3) : at]
    if before.endswith(cue.han_cues) and text[at : at + 2] not in cue.han_not_names:
        given = _given(text, at, cue)
        return given if given > 1 else 0
    return 0


def _sounded(text: str, at: int, cue: Cues) -> int:
    """Return how many characters here write the sounds of a foreign name ("奧莉薇亞"), 0 when too few do."""
    end = at
    while end < len(text) and text[end] in cue.han_sounds:
        end += 1
    fewest = _FEWEST_SOUNDS - (text.startswith(cue.han_titles, end) or text[end - 1] in cue.han_sound_ends)
    return end - at if end - at >= fewest else 0


def _is_nickname(text: str, at: int, cue: Cues) -> bool:
    """Whether "ah" and a surname stand here, as friends are called."""
    return text[at] == "阿" and text[at + 1 : at + 2] in cue.han_surnames


def _after_surname(text: str, at: int, surname: int, cue: Cues) -> int:
    """Return the length of a name that begins with a surname: before a title, or with one or two given characters."""
    after = at + surname
    if text.startswith(cue.han_titles, after):
        return surname
    given = _given(text, after, cue)
    is_word = text[at : after + 1] in cue.han_not_names or text[at : after + given] in cue.han_not_names
    if not given or is_word:
        return 0
    two_or_titled = given == 2 or text.startswith(cue.han_titles, after + given)  # noqa: PLR2004 - given names
    return surname + given if two_or_titled else 0


def _given(text: str, at: int, cue: Cues) -> int:
    """Return how many of the next two characters are used in given names."""
    count = 0
    while count < 2 and at + count < len(text) and text[at + count] in cue.han_given:  # noqa: PLR2004 - at most two
        count += 1
    return count
