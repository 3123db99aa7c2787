"""What the shipped models say of a text, as named facts for a model that learns other labels.

They have read far more comments than an installation's table holds, and know words that stand there too rarely to be
learnt from. Knows nothing about what is learnt.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from feedback.text import features
from feedback.text.codebook import THEMES
from feedback.text.features import Writing
from feedback.text.model import shipped

_PREFIX = "said "
_SCALE = 1 / 12
"""Raw scores spread by about two; a twelfth keeps each below a word of the text itself. Chosen on the public part of
the health service's survey (a quarter unseen): 1/12 brought .012 micro F1, 1/6 .007."""


def facts(writings: Sequence[Writing]) -> list[dict[str, float]]:
    """Return, per writing, the raw scores of the themes and of its tone, named and scaled."""
    themes, tone = shipped("themes"), shipped("tone")
    about = themes.scores_of(writings, [features.theme_facts(writing) for writing in writings])
    felt = tone.scores_of(writings, [features.tone_facts(writing) for writing in writings])
    names = [_PREFIX + label for label in (*themes.labels, *tone.labels)]
    rows = [[*one, *other] for one, other in zip((about * _SCALE).tolist(), (felt * _SCALE).tolist(), strict=True)]
    return [dict(zip(names, row, strict=True)) for row in rows]


def is_heard_by(known: Container[str]) -> bool:
    """Whether a model with these named facts wants the second opinion."""
    return _PREFIX + THEMES[0] in known
