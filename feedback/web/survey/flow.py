"""The order of pages for one draft, worked out anew each time from what the draft says.

Knows no HTML and no request. A step is named by a fixed word (`who`) or by a question's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from feedback.questionnaires.definition import Family, Part, Question
from feedback.questionnaires.document import Document, Occasion
from feedback.questionnaires.kinds import Answer, State
from feedback.responses.drafts import Draft
from feedback.responses.operations import Submission
from feedback.web.survey.choices import ABOUT, AUDIENCES, CHILD, HELPER, OLDER_CHILD, UNSAID

FIRST = "who"
PRIVACY = "privacy"
CHECK = "check"
EQUALITY = "equality"
SEND = "send"
BETTER = "better"


def audience_of(draft: Draft) -> str:
    """Return whose questionnaire is asked; who says nothing gets the most protective one."""
    who = draft.facts.get("who", "")
    chosen = draft.facts.get("helped", "") if who == HELPER else who
    return chosen if chosen in AUDIENCES else CHILD


def occasion_of(draft: Draft) -> Occasion:
    """Return what the draft is about: as its code says, else in the person's own words, else a later meeting."""
    facts = draft.facts
    if draft.code_id is not None:
        return Occasion(
            family=Family(facts["family"]),
            event_type=facts["event_type"],
            service=facts.get("service"),
            timing=facts["timing"],
            stage=facts.get("stage", ""),
        )
    about = ABOUT.get(facts.get("about", ""), UNSAID)
    return Occasion(family=about.family, event_type=about.event_type, timing=about.timing)


@dataclass(frozen=True)
class Flow:
    """One draft with the questionnaire it is asked from."""

    draft: Draft
    document: Document
    version_id: int

    @cached_property
    def occasion(self) -> Occasion:
        """What the answers are about."""
        return occasion_of(self.draft)

    @cached_property
    def questions(self) -> list[Question]:
        """Every question asked, in order, the equality part at the end if it was chosen."""
        asked = self.document.asked(
            self.occasion,
            short=self.is_short,
            chosen={question: answer.choice for question, answer in self.draft.answers.items()},
        )
        wants_equality = self.draft.facts.get(EQUALITY) == "yes"
        return [q for q in asked if wants_equality or q.part is not Part.EQUALITY]

    @property
    def audience(self) -> str:
        """Whose questionnaire this is."""
        return self.document.definition.audience

    @property
    def is_short(self) -> bool:
        """Whether this is the short route: a child of 5 to 7, or one who does not say."""
        return self.audience == CHILD and self.draft.facts.get("age") != OLDER_CHILD

    @property
    def is_easy(self) -> bool:
        """Whether the pages are shown in Easy Read."""
        return "easy" in self.draft.facts

    @cached_property
    def path(self) -> list[str]:
        """The ids of all pages, in order. A child's last page is "check"; others may say more about themselves."""
        facts = self.draft.facts
        before = [FIRST]
        before += ["helped"] if facts.get("who") == HELPER else []
        before += ["age"] if self.audience == CHILD else []
        before += ["code"] if "from_card" not in facts else []
        before += ["about"] if self.draft.code_id is None else []
        before += ["there", "beside", PRIVACY]
        about_events = [q.id for q in self.questions if q.part is not Part.EQUALITY]
        about_person = [q.id for q in self.questions if q.part is Part.EQUALITY]
        after = [CHECK] if self.audience == CHILD else [CHECK, EQUALITY, *about_person, SEND]
        return before + about_events + after

    @property
    def main_questions(self) -> list[Question]:
        """The questions before "check your answers"."""
        return [q for q in self.questions if q.part is not Part.EQUALITY]

    def allows(self, step: str) -> bool:
        """Whether a page may be opened now: who answers and the words on confidentiality always come first."""
        if step not in self.path:
            return False
        gates = [gate for gate in (FIRST, PRIVACY) if self.path.index(gate) < self.path.index(step)]
        return all(self.draft.facts.get(f"passed_{gate}") for gate in gates)

    def first_open(self) -> str:
        """The page to go to from one that may not be opened."""
        return FIRST if not self.draft.facts.get(f"passed_{FIRST}") else PRIVACY

    def furthest(self) -> str:
        """The first page not yet answered, where somebody who comes back goes on; else the last one there is."""
        open_ = [step for step in self.path if not self.draft.facts.get(f"passed_{step}") and self.allows(step)]
        return open_[0] if open_ else self.path[-1]

    def after(self, step: str) -> str | None:
        """The page that follows, or None after the last one."""
        index = self.path.index(step) + 1
        return self.path[index] if index < len(self.path) else None

    def before(self, step: str) -> str | None:
        """The page that precedes, or None before the first one."""
        index = self.path.index(step)
        return self.path[index - 1] if index else None

    def submission(self) -> Submission:
        """Return everything that is sent. What was asked and not answered is blank."""
        facts = self.draft.facts
        said = facts.get("helped") if facts.get("who") == HELPER else facts.get("who")
        return Submission(
            submission_id=self.draft.submission_id,
            version_id=self.version_id,
            document=self.document,
            language=self.draft.language,
            occasion=self.occasion,
            answers={q.id: self.draft.answers.get(q.id, Answer(State.BLANK)) for q in self.questions},
            group=said,
            age_band=facts.get("age"),
            attended=facts.get("there"),
            beside=facts.get("beside"),
            code_id=self.draft.code_id,
            journey=self.draft.journey,
            may_quote=facts.get("may_quote") == "yes",
        )
