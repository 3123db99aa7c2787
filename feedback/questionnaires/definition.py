"""A questionnaire as its authors write it: parsed from TOML, every mistake refused with a sentence.

Knows nothing of languages (`document.py`) or pages. Text that people read is kept with a key such as
`c_heard.meeting`; its gettext context is the audience and the question's (or the scale's) id, because "you" is
another word to a child than to a parent in most languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from feedback.errors import FeedbackError
from feedback.questionnaires import kinds

DEFINITIONS = Path(__file__).parent / "definitions"


class Malformed(FeedbackError):
    """A definition that cannot be published; the message says where and why."""


class Family(StrEnum):
    """What an event was, in the only three kinds that change the wording of a question."""

    MEETING = "meeting"
    ASSESSMENT = "assessment"
    HELP = "help"


class Part(StrEnum):
    """Which part of a questionnaire a question belongs to."""

    CORE = "core"
    ADDON = "addon"
    LADDER = "ladder"
    EQUALITY = "equality"


@dataclass(frozen=True)
class When:
    """When a question is asked; an empty field asks always.

    `timing` is `first` (a first conference, an assessment) or `later`; `after` is a question and the answer to it
    that opens this one.
    """

    events: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    timing: str | None = None
    after: tuple[str, str] | None = None


@dataclass(frozen=True)
class Option:
    """One answer to choose. `theme` counts as a second source beside comments; `more` hides it behind "more"."""

    id: str
    text: str
    theme: str | None = None
    more: bool = False
    last: bool = False


@dataclass(frozen=True)
class Question:
    """One question: `texts` by family, or the same under every family."""

    id: str
    kind: str
    part: Part
    context: str
    texts: dict[Family, str]
    hint: str = ""
    construct: str | None = None
    theme: str | None = None
    area: str | None = None
    options: tuple[Option, ...] = ()
    options_context: str = ""
    when: When = field(default_factory=When)
    short: bool = False
    not_sure_is_scored: bool = True
    alert_at_most: int | None = None
    alert_when: tuple[str, ...] = ()

    def messages(self) -> Iterator[tuple[str, str, str]]:
        """Yield every text as (key, gettext context, English)."""
        for family, text in self.texts.items():
            yield f"{self.id}.{family}", self.context, text
        if self.hint:
            yield f"{self.id}.hint", self.context, self.hint
        for option in self.options:
            yield f"{self.id}.option.{option.id}", self.options_context, option.text


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire for one audience."""

    id: str
    audience: str
    name: str
    questions: tuple[Question, ...]

    def messages(self) -> Iterator[tuple[str, str, str]]:
        """Yield every text as (key, gettext context, English)."""
        for question in self.questions:
            yield from question.messages()


def built_in() -> list[Definition]:
    """Return the questionnaires that come with the service, the shared equality questions merged in."""
    shared = (DEFINITIONS / "equality.toml").read_text(encoding="utf-8")
    sources = sorted(path for path in DEFINITIONS.glob("*.toml") if path.name != "equality.toml")
    return [parse(path.read_text(encoding="utf-8"), equality=shared) for path in sources]


def parse(source: str, *, equality: str = "") -> Definition:
    """Read a definition. Raise Malformed for anything that could not be asked or would change a past answer."""
    raw = _toml(source)
    scales = {name: _scale_options(scale) for name, scale in raw.get("scales", {}).items()}
    definition_id, audience = _need(raw, "id", "the questionnaire"), _need(raw, "audience", "the questionnaire")
    questions = [_question(item, scales, audience) for item in raw.get("questions", [])]
    questions += [
        _question(item | {"part": Part.EQUALITY}, scales, audience)
        for item in _toml(equality).get("questions", [])
        if audience in item.get("audiences", [])
    ]
    _refuse_repeats(questions)
    return Definition(definition_id, audience, _need(raw, "name", definition_id), tuple(questions))


def _toml(source: str) -> dict[str, Any]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise Malformed(f"This is not TOML: {error}") from error


def _need(raw: dict[str, Any], name: str, where: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Malformed(f"{where} has no {name}.")
    return value


def _scale_options(scale: dict[str, Any]) -> tuple[Option, ...]:
    return tuple(_option(item) for item in scale.get("options", []))


def _option(item: dict[str, Any]) -> Option:
    return Option(
        id=_need(item, "id", "an option"),
        text=_need(item, "text", f"option {item.get('id')}"),
        theme=item.get("theme"),
        more=item.get("more", False),
        last=item.get("last", False),
    )


def _question(item: dict[str, Any], scales: dict[str, tuple[Option, ...]], audience: str) -> Question:
    question_id = _need(item, "id", "a question")
    kind = _need(item, "kind", question_id)
    if kind not in kinds.REGISTRY:
        raise Malformed(f"{question_id} is of the unknown kind {kind!r}.")
    own = tuple(_option(option) for option in item.get("options", []))
    options = own or scales.get(kind, ())
    context = f"{audience}.{question_id}"
    options_context = context if own else f"{audience}.{kind}"
    if "extra" in item:
        options = (*options, _option(item["extra"]))
    if kinds.REGISTRY[kind].needs_options and not options:
        raise Malformed(f"{question_id} offers no options.")
    if len({option.id for option in options}) < len(options):
        raise Malformed(f"{question_id} offers the same option id twice.")
    return Question(
        id=question_id,
        kind=kind,
        part=Part(item.get("part", Part.CORE)),
        context=context,
        texts=_texts(item, question_id),
        hint=item.get("hint", ""),
        construct=item.get("construct"),
        theme=item.get("theme"),
        area=item.get("area"),
        options=options,
        options_context=options_context,
        when=_when(item.get("when", {})),
        short=item.get("short", False),
        not_sure_is_scored=item.get("not_sure", "scored") == "scored",
        alert_at_most=item.get("alert_at_most"),
        alert_when=tuple(item.get("alert_when", ())),
    )


def _texts(item: dict[str, Any], question_id: str) -> dict[Family, str]:
    """Return the wording by family; one wording serves all families."""
    text = item.get("text")
    if isinstance(text, str) and text.strip():
        return dict.fromkeys(Family, text)
    if not isinstance(text, dict) or not text:
        raise Malformed(f"{question_id} has no text.")
    unknown = set(text) - set(Family)
    if unknown:
        raise Malformed(f"{question_id} has a text for the unknown family {', '.join(sorted(unknown))}.")
    return {Family(family): _need(text, family, question_id) for family in text}


def _when(raw: dict[str, Any]) -> When:
    after = raw.get("after")
    return When(
        events=tuple(raw.get("events", ())),
        services=tuple(raw.get("services", ())),
        timing=raw.get("timing"),
        after=(after[0], after[1]) if after else None,
    )


def _refuse_repeats(questions: list[Question]) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise Malformed(f"{question.id} stands in the questionnaire twice.")
        seen.add(question.id)
