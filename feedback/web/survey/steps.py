"""What each page of the survey takes in. Knows no address and no audience folder."""

from __future__ import annotations

from flask_babel import gettext as _

from feedback import db
from feedback.identity import queries as identity
from feedback.questionnaires.kinds import Answer
from feedback.settings import queries as settings
from feedback.web.survey import faces, flow, pages
from feedback.web.survey.flow import Flow
from feedback.web.survey.forms import StepForm

CODE_TRIES = 10


def take(flow_: Flow, step: str, form: StepForm, nearer: str = "") -> list[tuple[str, str]]:
    """Put a valid page into the draft; return what is wrong with it instead, as (field id, sentence)."""
    facts = flow_.draft.facts
    facts[f"passed_{step}"] = "yes"
    if step == "code":
        return _take_code(flow_, form)
    if step in {flow.PRIVACY, flow.SEND}:
        return []
    chosen = form.answer.data or []
    if step == flow.CHECK:
        facts["may_quote"] = "yes" if "yes" in chosen else "no"
    elif step in {q.id for q in flow_.questions}:
        _take_answer(flow_, step, form, nearer)
    else:
        offered = {choice.value for choice in pages.fact_choices(flow_, step)}
        facts.pop(step, None)
        if chosen and chosen[0] in offered and not form.is_skipped:
            facts[step] = chosen[0]
    return []


def _take_answer(flow_: Flow, step: str, form: StepForm, nearer: str) -> None:
    question = flow_.document.question(step)
    answer = Answer() if form.is_skipped else pages.posted(flow_, question, form)
    if faces.in_two_steps(flow_, question):
        answer = faces.settle(answer, flow_.draft.answers.get(step, Answer()), nearer)
    flow_.draft.answers[step] = answer


def opens_second_step(flow_: Flow, step: str, form: StepForm, nearer: str) -> str:
    """Return the face whose second step follows this page for a child who gets faces in two steps, or nothing."""
    if step not in {q.id for q in flow_.questions} or form.is_skipped:
        return ""
    question = flow_.document.question(step)
    return faces.opens(pages.posted(flow_, question, form), nearer) if faces.in_two_steps(flow_, question) else ""


def _take_code(flow_: Flow, form: StepForm) -> list[tuple[str, str]]:
    typed = (form.code.data or "").strip()
    if not typed or form.is_skipped:
        forget_ticket(flow_)
        return []
    facts = flow_.draft.facts
    tries = int(facts.get("code_tries", "0")) + 1
    facts["code_tries"] = str(tries)
    if tries > CODE_TRIES:
        return [("code", _("That is too many tries. You can go on without a code."))]
    if not use_code(flow_, typed):
        return [("code", _("This code does not work. Check it and try again, or go on without a code."))]
    return []


def use_code(flow_: Flow, typed: str) -> bool:
    """Take over what a valid code says about the occasion; return whether it was one."""
    with db.database().reading() as session:
        ticket = identity.find_ticket(session, typed)
        if ticket is None:
            return False
        event_type = settings.get_event_type(session, ticket.event_type)
    draft = flow_.draft
    draft.code_id, draft.journey = ticket.code_id, ticket.journey
    said = {"service": ticket.service, "stage": ticket.stage, "timing": event_type.timing}
    draft.facts |= {"family": event_type.family, "event_type": ticket.event_type}
    draft.facts |= {name: value for name, value in said.items() if value}
    return True


def forget_ticket(flow_: Flow) -> None:
    """Go on without a code."""
    flow_.draft.code_id = flow_.draft.journey = None
    for fact in ("family", "event_type", "service", "stage", "timing"):
        flow_.draft.facts.pop(fact, None)
