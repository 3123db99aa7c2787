"""What is filled in to take an alert one step further."""

from __future__ import annotations

from wtforms import RadioField, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired

from feedback.safeguarding.models import Alert, AlertState, Reason
from feedback.safeguarding.moves import CLOSED, MOVES, OUTCOMES, WhyClosed, WhyReopened, level_of
from feedback.web.forms import AtMost, ComponentForm, tidy

LONGEST_NOTE, LONGEST_LINE = 4000, 200

STATES = {
    AlertState.RAISED: "Raised",
    AlertState.ACKNOWLEDGED: "Acknowledged",
    AlertState.BEING_ACTED_ON: "Being acted on",
    AlertState.PASSED_ON: "Passed on",
    AlertState.NO_FURTHER_ACTION: "No further action",
}
REASONS: dict[str, str] = {
    WhyClosed.NO_CONCERN: "Everything was read, and there is no concern",
    WhyClosed.KNOWN: "It is known and dealt with elsewhere",
    WhyClosed.CANNOT_BE_KNOWN: "Nobody can be known: there was no code, and nothing in the words says who",
    WhyReopened.NEW_INFORMATION: "There is something new",
    WhyReopened.CLOSED_BY_MISTAKE: "It was closed by mistake",
    WhyReopened.SECOND_READER: "A second reader sees it differently",
}
KINDS = {
    Reason.ANSWER: "an answer",
    Reason.WORDS: "words",
    Reason.NOT_SCREENED: "the words could not be screened",
    Reason.READER: "a reader",
    Reason.ADVOCATE: "an advocate who was there",
}


def _fact(name: str) -> StringField:
    label = next(fact.label for facts in OUTCOMES.values() for fact in facts if fact.name == name)
    return StringField(label, filters=[tidy], validators=[AtMost(LONGEST_LINE)])


class MoveForm(ComponentForm):
    """The next state, with what has to be written for it."""

    to = RadioField("What happens now?", validators=[InputRequired("Choose what happens now")])
    reason = SelectField(
        "Why?", default="", description="Needed for “No further action” and for opening a closed alert again."
    )
    note = TextAreaField("Note", description="Kept sealed.", filters=[tidy], validators=[AtMost(LONGEST_NOTE)])
    outcome = _fact("outcome")
    accepted_by = _fact("accepted_by")
    accepted_at = _fact("accepted_at")
    reference = _fact("reference")
    lead_informed_at = _fact("lead_informed_at")
    officer_informed_at = _fact("officer_informed_at")
    submit = SubmitField("Save")

    def offer(self, alert: Alert) -> None:
        """Offer what the table of moves allows this alert, and the reasons that go with it."""
        state = AlertState(alert.state)
        self.to.choices = [(str(after), STATES[after]) for after in AlertState if after in MOVES[state]]
        if len(self.to.choices) == 1 and not self.is_submitted():
            self.to.data = self.to.choices[0][0]
        reasons = WhyReopened if state in CLOSED else WhyClosed
        self.reason.choices = [("", "–"), *((str(why), REASONS[why]) for why in reasons)]

    def outcome_of(self, alert: Alert) -> dict[str, str]:
        """Return the facts of this alert's level as they were filled in."""
        facts = OUTCOMES[level_of(alert.code, alert.level)]
        return {fact.name: self[fact.name].data or "" for fact in facts}
