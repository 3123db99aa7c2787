"""A published questionnaire: one complete document with every offered language in it, fixed under its digest.

Decides which questions an occasion asks and in which words. Knows nothing of the database or of pages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from feedback.errors import FeedbackError
from feedback.questionnaires import kinds
from feedback.questionnaires.definition import Definition, Family, Option, Part, Question, When
from feedback.questionnaires.kinds import Answer, State

SOURCE_LANGUAGE = "en"
NOT_SURE = "not_sure"

Translate = Callable[[str, str, str], str | None]
"""(language, gettext context, English) -> the text in that language, or None when there is none."""


class TextMissing(FeedbackError):
    """A language lacks a text, so it cannot be offered."""


@dataclass(frozen=True)
class Occasion:
    """What a person answers about. `timing` is `first` or `later`, `stage` is `start`, `end` or empty."""

    family: Family
    event_type: str | None = None
    service: str | None = None
    timing: str = "later"
    stage: str = ""


@dataclass(frozen=True)
class Document:
    """A questionnaire with its texts: language -> key -> text."""

    definition: Definition
    texts: dict[str, dict[str, str]]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can be asked in."""
        return tuple(self.texts)

    @cached_property
    def _by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.definition.questions}

    def question(self, question_id: str) -> Question:
        """Return one question. Raise KeyError when there is none of that id."""
        return self._by_id[question_id]

    def text(self, question: Question, family: Family, language: str) -> str:
        """Return the wording of a question after that family of event."""
        return self.texts[language][f"{question.id}.{family}"]

    def hint(self, question: Question, language: str) -> str:
        """Return the hint, or nothing."""
        return self.texts[language].get(f"{question.id}.hint", "")

    def option(self, question: Question, option_id: str, language: str) -> str:
        """Return the words of an option."""
        return self.texts[language][f"{question.id}.option.{option_id}"]

    def asked(self, occasion: Occasion, *, short: bool, chosen: dict[str, str | None]) -> list[Question]:
        """Return what is asked, in order: core, at most one add-on, ladder, equality.

        `chosen` holds the options picked so far, for questions that open only after another's answer.
        """
        fitting = [q for q in self.definition.questions if _fits(q, occasion, short=short, chosen=chosen)]
        addons = [q for q in fitting if q.part is Part.ADDON][:1]
        by_part = {part: [q for q in fitting if q.part is part] for part in Part}
        core, open_ended = _split_words(by_part[Part.CORE])
        return [*core, *addons, *by_part[Part.LADDER], *open_ended, *by_part[Part.EQUALITY]]

    def clean(self, question: Question, chosen: list[str], text: str) -> Answer:
        """Turn what was posted for a question into an answer."""
        answer = kinds.REGISTRY[question.kind].clean(chosen, text, [option.id for option in question.options])
        if answer.choice == NOT_SURE and not question.not_sure_is_scored:
            return replace(answer, state=State.DONT_KNOW)
        return answer

    def to_json(self) -> str:
        """Write the document in its one canonical form."""
        return json.dumps(
            {"definition": asdict(self.definition), "texts": self.texts},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form, in hex."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    @classmethod
    def from_json(cls, text: str) -> Document:
        """Read back what `to_json` wrote."""
        raw = json.loads(text)
        definition = raw["definition"] | {"questions": tuple(_question(q) for q in raw["definition"]["questions"])}
        return cls(Definition(**definition), raw["texts"])


def resolve(definition: Definition, languages: list[str], translate: Translate) -> Document:
    """Put every text of every language into one document.

    Raise TextMissing that names the first gap of a language.
    """
    return Document(definition, {lang: _texts(definition, lang, translate) for lang in languages})


def _texts(definition: Definition, language: str, translate: Translate) -> dict[str, str]:
    texts = {}
    for key, context, english in definition.messages():
        found = english if language == SOURCE_LANGUAGE else translate(language, context, english)
        if found is None:
            raise TextMissing(f"{definition.id} has no {language} text for {key}: {english!r}.")
        texts[key] = found
    return texts


def _fits(question: Question, occasion: Occasion, *, short: bool, chosen: dict[str, str | None]) -> bool:
    if occasion.family not in question.texts or (short and question.part is Part.CORE and not question.short):
        return False
    if question.part is Part.LADDER and not occasion.stage:
        return False
    if occasion.stage == "start" and question.part in {Part.CORE, Part.ADDON} and not _has_words(question):
        return False
    return _matches(question.when, occasion, chosen) and not (short and question.part is Part.ADDON)


def _matches(when: When, occasion: Occasion, chosen: dict[str, str | None]) -> bool:
    if when.timing and when.timing != occasion.timing:
        return False
    if when.after and chosen.get(when.after[0]) != when.after[1]:
        return False
    named = bool(when.events or when.services)
    return not named or occasion.event_type in when.events or occasion.service in when.services


def _has_words(question: Question) -> bool:
    return kinds.REGISTRY[question.kind].has_text


def _split_words(core: list[Question]) -> tuple[list[Question], list[Question]]:
    """Put what is ticked before what is written: first faces, then what would be better, then own words."""
    ticked = [q for q in core if not _has_words(q)]
    written = sorted((q for q in core if _has_words(q)), key=lambda q: q.kind == "text")
    return ticked, written


def _question(raw: dict[str, Any]) -> Question:
    when = raw["when"]
    return Question(
        **raw
        | {
            "part": Part(raw["part"]),
            "texts": {Family(family): text for family, text in raw["texts"].items()},
            "options": tuple(Option(**option) for option in raw["options"]),
            "alert_when": tuple(raw["alert_when"]),
            "when": When(
                events=tuple(when["events"]),
                services=tuple(when["services"]),
                timing=when["timing"],
                after=tuple(when["after"]) if when["after"] else None,
            ),
        }
    )
