"""The one call the rest of the house makes: `analyse` a comment and get its findings.

Puts together language, sentences, tone, themes, concerns and redaction; stores and sends nothing. Heavy libraries
and models are loaded by their adapters on first use.
"""

from __future__ import annotations

from feedback.text import concerns, encoder, features, reading, redaction, sentences, sentiment, themes, writer
from feedback.text.features import Writing
from feedback.text.findings import Findings, Sentence, Sentiment, Theme, Tone
from feedback.text.model import Linear, shipped, together
from feedback.text.scales import Weighed

ENGINE = "words-7+encoder" if encoder.folder() else "words-7"
"""The engine's version; a new one makes every finding pending again."""
_GRAVE = 2
"""From this level of concern on the question asked no longer lends a comment its praise."""


def analyse(
    text: str,
    *,
    language: str | None = None,
    question: str | None = None,
    group: str | None = None,
    theme_model: Linear | None = None,
) -> Findings:
    """Return what the engine finds in one comment.

    `language` is the one the form was answered in; `question` is what_good, what_better or anything_else; `group` is
    child, young or parent; `theme_model` finds the themes instead of the shipped one.
    Never raises for any text, however long or malformed; time grows with the length of the text only.
    """
    pieces = sentences.split(text)
    whole, parts = reading.read(text, pieces if len(pieces) > 1 else (), language, question, group)
    asked_nothing = features.asked_nothing(whole)
    read, weighed = _read_for_all([whole, *parts, asked_nothing], theme_model)
    whole, parts, asked_nothing = read[0], read[1:-1], read[-1]
    found, by_part = themes.of_parts(whole, parts, theme_model, weighed)
    worries = concerns.find(text, whole.language, asked_nothing, weighed)
    grave = [worry.words for worry in worries if worry.level >= _GRAVE]
    own, *chances = _chances([text, *(pieces if parts else ())], read, grave, weighed)
    if not parts:
        parts, chances, by_part = [whole], [own], [tuple(theme.id for theme in found)]
    each = tuple(map(_sentence, pieces, parts, chances, by_part))
    tone = sentiment.judge(whole, own, [chance for chance in chances if chance]) if own else None
    return Findings(
        language=whole.language,
        label=tone.label if tone else Tone.UNASSESSED,
        score=tone.score if tone else None,
        confidence=tone.confidence if tone else None,
        themes=tuple(_with_tone(theme, each, tone) for theme in found),
        concerns=worries,
        redacted=redaction.hide(text, whole.language),
        engine=ENGINE,
        sentences=each,
    )


def _read_for_all(read: list[Writing], theme_model: Linear | None) -> tuple[list[Writing], Weighed]:
    """Return the writings of a text, their writer supposed, and what they weigh, looked up once for every model."""
    models = *map(shipped, sentiment.names()), *writer.models(), theme_model or shipped("themes"), *concerns.models()
    return writer.supposed(read, Weighed(together(models), read))


def _chances(
    texts: list[str], read: list[Writing], grave: list[str], weighed: Weighed
) -> list[dict[str, float] | None]:
    """Return the chances of each tone of some texts, None where they cannot be judged.

    `read` are the writings of the texts, and after them the first as if nothing in particular had been asked.
    Where nothing was asked, no question can have made praise of a worry.
    """
    *read, asked_nothing = read
    found = sentiment.shares_each(read, weighed)
    for at, text in enumerate(texts):
        if found[at] and read[at].asked and any(words in text for words in grave):
            found[at] = sentiment.shares_worried(read[at], None if at else asked_nothing, weighed)
    return found


def _sentence(piece: str, part: Writing, chances: dict[str, float] | None, found: tuple[str, ...]) -> Sentence:
    """Return one sentence's findings."""
    return Sentence(piece, part.language, sentiment.judge(part, chances) if chances else None, found)


def _with_tone(theme: themes.Found, read: tuple[Sentence, ...], tone: Sentiment | None) -> Theme:
    """Return a theme with the mean tone of the sentences that speak of it, else the comment's."""
    heard = [one.sentiment.score for one in read if one.sentiment and theme.id in one.themes]
    mean = sum(heard) / len(heard) if heard else None
    return Theme(theme.id, theme.score, tone.score if mean is None and tone else mean, theme.words)
