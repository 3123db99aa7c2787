"""The face question in two steps for children of 5 to 7: three faces first, then "a bit or a lot?" (practice 1.3).

What is stored is the same 1 to 5 as for everybody else, so that ages can be compared.
"""

from __future__ import annotations

from dataclasses import replace

from feedback.questionnaires.definition import Option, Question
from feedback.questionnaires.kinds import Answer
from feedback.web.survey.flow import Flow

KIND = "face5"
WORDS_OF = {"5": "4", "3": "3", "1": "1"}
"""The three faces of the first step, and the step of the scale whose words each one carries."""

NEARER = {"5": ("5", "4"), "1": ("2", "1")}
"""What a happy or a sad face may mean more exactly, happiest first."""

UNTIL_SAID = {5: 4, 1: 2}
"""What counts when the second step is left blank: the milder of the two, so that nobody is made to say more."""

FIRST_FACE = {5: "5", 4: "5", 3: "3", 2: "1", 1: "1"}


def in_two_steps(flow: Flow, question: Question) -> bool:
    """Whether this child gets this question in two steps."""
    return question.kind == KIND and flow.is_short


def options(question: Question, nearer: str) -> list[tuple[str, Option]]:
    """Return (value, option whose words to show) for the first step, or for the one after a face."""
    by_id = {option.id: option for option in question.options}
    if nearer in NEARER:
        return [(value, by_id[value]) for value in NEARER[nearer]]
    return [(value, by_id[words]) for value, words in WORDS_OF.items()]


def marked(answer: Answer, nearer: str) -> str:
    """Return the value of the face to mark; in the second step none before a child has chosen there."""
    if nearer in NEARER or answer.value is None:
        return ""
    return FIRST_FACE[answer.value]


def opens(answer: Answer, nearer: str) -> str:
    """Return the face whose second step follows, or nothing."""
    value = str(answer.value)
    return value if nearer not in NEARER and value in NEARER else ""


def settle(posted: Answer, before: Answer, nearer: str) -> Answer:
    """Return the answer to keep after one of the two steps."""
    if nearer in NEARER:
        return posted if str(posted.value) in NEARER[nearer] else before
    return replace(posted, value=UNTIL_SAID.get(posted.value or 0, posted.value))
