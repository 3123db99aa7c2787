"""What each page of the survey shows and takes in. Knows no address and no audience folder."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from feedback import db
from feedback.identity import queries as identity
from feedback.questionnaires import kinds
from feedback.questionnaires.definition import Option, Part, Question
from feedback.questionnaires.kinds import Answer, State
from feedback.settings import queries as settings
from feedback.web import contacts
from feedback.web.survey import choices, flow
from feedback.web.survey.choices import Choice
from feedback.web.survey.flow import Flow
from feedback.web.survey.forms import StepForm

CODE_TRIES = 10
PICKED_AT_ONCE = 8


@dataclass(frozen=True)
class Page:
    """What a template needs: its name, the `data-page` hook, and everything else by name."""

    template: str
    page: str
    context: dict[str, Any]


def fact_choices(flow_: Flow, step: str) -> tuple[Choice, ...]:
    """Return what may be chosen on a page before the questions."""
    helps = flow_.draft.facts.get("who") == choices.HELPER
    return {
        "who": choices.WHO,
        "helped": choices.HELPED,
        "age": choices.AGE,
        "about": choices.ABOUT_FOR_CHILDREN if flow_.audience == choices.CHILD else choices.ABOUT_FOR_ADULTS,
        "there": choices.THERE,
        "beside": choices.HELPER_IS if helps else choices.BESIDE,
        flow.EQUALITY: choices.EQUALITY,
    }[step]


def fact_question(flow_: Flow, step: str) -> str | LazyString:
    """Return the question of a page before the questions."""
    helps = flow_.draft.facts.get("who") == choices.HELPER
    texts: dict[str, str] = {
        "who": _("Who are you?"),
        "helped": _("Who are you helping?"),
        "age": _("How old are you?"),
        "about": _("What do you want to tell us about?"),
        "there": _("Were you there?"),
        "beside": _("Who are you to them?") if helps else _("Is anyone helping you, or sitting next to you?"),
        flow.EQUALITY: _("Will you answer a few questions about yourself?"),
    }
    return texts[step]


def page_of(flow_: Flow, step: str, form: StepForm | None = None) -> Page:
    """Return the page of a step, with what was posted (`form`) or what the draft holds."""
    if step == "code":
        typed = form.code.data if form else ""
        return Page("survey/code.html", "code", {"typed": typed})
    if step == flow.PRIVACY:
        return Page("survey/privacy.html", flow.PRIVACY, {"contacts": contacts.shown()})
    if step == flow.CHECK:
        chosen = flow_.draft.facts.get("may_quote") == "yes"
        rows = answer_rows(flow_)
        has_words = any(answer.text for answer in flow_.draft.answers.values())
        context = {"rows": rows, "may_quote": chosen, "has_words": has_words, "contacts": contacts.shown()}
        return Page("survey/check.html", flow.CHECK, context)
    if step == flow.SEND:
        return Page("survey/send.html", flow.SEND, {})
    if step in {"who", "helped", "age", "about", "there", "beside", flow.EQUALITY}:
        return _fact_page(flow_, step, form)
    return _question_page(flow_, step, form)


def _fact_page(flow_: Flow, step: str, form: StepForm | None) -> Page:
    options = [{"value": c.value, "label": c.label, "picture": c.picture} for c in fact_choices(flow_, step)]
    chosen = form.answer.data[0] if form and form.answer.data else flow_.draft.facts.get(step, "")
    template = "survey/equality.html" if step == flow.EQUALITY else "survey/choose.html"
    return Page(template, step, {"question": fact_question(flow_, step), "options": options, "chosen": chosen})


def _question_page(flow_: Flow, step: str, form: StepForm | None) -> Page:
    question = flow_.document.question(step)
    answer = _posted(flow_, question, form) if form else flow_.draft.answers.get(step, Answer())
    language = flow_.draft.language
    shown = _options(flow_, question)
    kind = kinds.REGISTRY[question.kind]
    return Page(
        "survey/question.html",
        _page_name(question),
        {
            "question": flow_.document.text(question, flow_.occasion.family, language),
            "hint": flow_.document.hint(question, language),
            "kind": question.kind,
            "options": [_option(flow_, question, option) for option in shown if not option.more],
            "more_options": [_option(flow_, question, option) for option in shown if option.more],
            "unscored": _unscored(kind),
            "chosen": _chosen(answer),
            "picks": answer.picks,
            "has_text": kind.has_text,
            "words": form.words.data if form else answer.text,
            "limit": kinds.MAX_CHARACTERS,
            "number": _number(flow_, question),
            "total": len(flow_.main_questions),
        },
    )


def _page_name(question: Question) -> str:
    if question.part is Part.EQUALITY:
        return flow.EQUALITY
    return flow.BETTER if question.kind == "pick" else "question"


def _number(flow_: Flow, question: Question) -> int | None:
    ids = [q.id for q in flow_.main_questions]
    return ids.index(question.id) + 1 if question.id in ids else None


def _options(flow_: Flow, question: Question) -> list[Option]:
    """Return the options in the order shown; those to pick from are shuffled per person, so none profits from its place."""
    if question.kind != "pick":
        return list(question.options)
    free = [option for option in question.options if not option.last]
    random.Random(flow_.draft.submission_id).shuffle(free)  # noqa: S311 - an order, not a secret
    return free + [option for option in question.options if option.last]


def _option(flow_: Flow, question: Question, option: Option) -> dict[str, str]:
    label = flow_.document.option(question, option.id, flow_.draft.language)
    picture = option.id if question.kind == "pick" and flow_.audience == choices.CHILD else ""
    return {"value": option.id, "label": label, "picture": picture}


def _unscored(kind: kinds.Kind) -> list[dict[str, str]]:
    texts = {kinds.DONT_KNOW: _("I don't know"), kinds.WONT_SAY: _("I don't want to say")}
    return [{"value": value, "label": texts[value]} for value in kind.not_scored]


def _chosen(answer: Answer) -> str:
    """Return the value of the input to mark: a step, an option, or one of the unscored answers."""
    if answer.state in {State.DONT_KNOW, State.WONT_SAY}:
        return answer.choice or answer.state
    return str(answer.value or answer.choice or "")


def _posted(flow_: Flow, question: Question, form: StepForm) -> Answer:
    return flow_.document.clean(question, form.answer.data or [], form.words.data or "")


def take(flow_: Flow, step: str, form: StepForm) -> list[tuple[str, str]]:
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
        question = flow_.document.question(step)
        flow_.draft.answers[step] = Answer() if form.is_skipped else _posted(flow_, question, form)
    else:
        offered = {choice.value for choice in fact_choices(flow_, step)}
        facts.pop(step, None)
        if chosen and chosen[0] in offered and not form.is_skipped:
            facts[step] = chosen[0]
    return []


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


def answer_rows(flow_: Flow) -> list[dict[str, Any]]:
    """Return the answers for "check your answers", in the words they were chosen in."""
    return [_row(flow_, question) for question in flow_.main_questions]


def _row(flow_: Flow, question: Question) -> dict[str, Any]:
    language = flow_.draft.language
    answer = flow_.draft.answers.get(question.id, Answer())
    chosen = [option for option in (_chosen(answer), *answer.picks) if _offers(question, option)]
    parts = [flow_.document.option(question, option, language) for option in chosen]
    unscored = {State.DONT_KNOW: _("I don't know"), State.WONT_SAY: _("I don't want to say")}
    if answer.state in unscored and not parts:
        parts = [unscored[answer.state]]
    if answer.text:
        parts.append(answer.text)
    return {
        "step": question.id,
        "question": flow_.document.text(question, flow_.occasion.family, language),
        "answer": "\n".join(parts) or _("You skipped this"),
        "face": answer.value if question.kind == "face5" else None,
    }


def _offers(question: Question, option: str) -> bool:
    return any(offered.id == option for offered in question.options)
