"""What each page of the survey shows. Knows no address and no audience folder."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from feedback.questionnaires import kinds
from feedback.questionnaires.definition import Option, Part, Question
from feedback.questionnaires.kinds import Answer, State
from feedback.web import contacts
from feedback.web.survey import choices, faces, flow, recordings
from feedback.web.survey.choices import Choice
from feedback.web.survey.flow import Flow
from feedback.web.survey.forms import StepForm

IDEAS = {
    "heard": "listen",
    "clear": "change",
    "plan": "plan",
    "respect": "kind",
    "support": "someone",
    "identity": "family",
    "prepared": "before",
    "difference": "good",
    "rights": "words",
    "open": "thanks",
    "better": "change",
}
"""The picture beside a question in Easy Read, by its construct."""

PICTURED_ANSWERS = {"yes": "yes", "no": "no", "not_sure": "unsure", "not_needed": "alone"}


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


def page_of(flow_: Flow, step: str, form: StepForm | None = None, nearer: str = "") -> Page:
    """Return the page of a step, with what was posted (`form`) or what the draft holds.

    `nearer` is the face whose second step this is, for a child who gets faces in two steps.
    """
    if step == "code":
        typed = form.code.data if form else ""
        return Page("survey/code.html", "code", {"typed": typed})
    if step == flow.PRIVACY:
        return Page("survey/privacy.html", flow.PRIVACY, {"numbers": contacts.numbers()})
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
    return _question_page(flow_, flow_.document.question(step), form, nearer)


def _fact_page(flow_: Flow, step: str, form: StepForm | None) -> Page:
    options = [{"value": c.value, "label": c.label, "picture": c.picture} for c in fact_choices(flow_, step)]
    chosen = form.answer.data[0] if form and form.answer.data else flow_.draft.facts.get(step, "")
    template = "survey/equality.html" if step == flow.EQUALITY else "survey/choose.html"
    return Page(template, step, {"question": fact_question(flow_, step), "options": options, "chosen": chosen})


def _question_page(flow_: Flow, question: Question, form: StepForm | None, nearer: str) -> Page:
    answer = posted(flow_, question, form) if form else flow_.draft.answers.get(question.id, Answer())
    language = flow_.draft.language
    kind = kinds.REGISTRY[question.kind]
    context = {
        "question": flow_.document.text(question, flow_.occasion.family, language),
        "hint": flow_.document.hint(question, language),
        "kind": question.kind,
        "idea": IDEAS.get(question.construct or "", ""),
        "unscored": _unscored(kind),
        "chosen": _chosen(answer),
        "picks": answer.picks,
        "has_text": kind.has_text,
        "words": form.words.data if form else answer.text,
        "limit": kinds.MAX_CHARACTERS,
        "number": _number(flow_, question),
        "total": len(flow_.main_questions),
    }
    if faces.in_two_steps(flow_, question):
        context |= _two_step_faces(flow_, question, answer, nearer)
    else:
        context |= _offered(flow_, question)
    return Page("survey/question.html", _page_name(question), context)


def _two_step_faces(flow_: Flow, question: Question, answer: Answer, nearer: str) -> dict[str, Any]:
    """Return the faces of one of the two steps; not knowing is offered in the first only."""
    shown = faces.options(question, nearer)
    found: dict[str, Any] = {
        "options": [_option(flow_, question, option) | {"value": value} for value, option in shown],
        "nearer": nearer,
    }
    if nearer:
        found |= {"chosen": faces.marked(answer, nearer), "unscored": []}
    elif answer.value is not None:
        found["chosen"] = faces.marked(answer, nearer)
    return found


def _offered(flow_: Flow, question: Question) -> dict[str, Any]:
    shown = _options(flow_, question)
    return {
        "options": [_option(flow_, question, option) for option in shown if not option.more],
        "more_options": [_option(flow_, question, option) for option in shown if option.more],
    }


def _page_name(question: Question) -> str:
    if question.part is Part.EQUALITY:
        return flow.EQUALITY
    return flow.BETTER if question.kind == "pick" else "question"


def _number(flow_: Flow, question: Question) -> int | None:
    ids = [q.id for q in flow_.main_questions]
    return ids.index(question.id) + 1 if question.id in ids else None


def _options(flow_: Flow, question: Question) -> list[Option]:
    """Return the options in the order shown; those to pick from are shuffled, so that none profits from its place."""
    if question.kind != "pick":
        return list(question.options)
    free = [option for option in question.options if not option.last]
    random.Random(flow_.draft.submission_id).shuffle(free)  # noqa: S311 - an order, not a secret
    return free + [option for option in question.options if option.last]


def _option(flow_: Flow, question: Question, option: Option) -> dict[str, str]:
    label = flow_.document.option(question, option.id, flow_.draft.language)
    return {"value": option.id, "label": label, "picture": _picture(flow_, question, option)}


def _picture(flow_: Flow, question: Question, option: Option) -> str:
    """Return the idea drawn beside an option: for children and in Easy Read."""
    if not flow_.is_easy and flow_.audience != choices.CHILD:
        return ""
    return {"pick": option.id, "yesno": PICTURED_ANSWERS.get(option.id, "")}.get(question.kind, "")


def _unscored(kind: kinds.Kind) -> list[dict[str, str]]:
    texts = {kinds.DONT_KNOW: _("I don't know"), kinds.WONT_SAY: _("I don't want to say")}
    return [{"value": value, "label": texts[value]} for value in kind.not_scored]


def _chosen(answer: Answer) -> str:
    """Return the value of the input to mark: a step, an option, or one of the unscored answers."""
    if answer.state in {State.DONT_KNOW, State.WONT_SAY}:
        return answer.choice or answer.state
    return str(answer.value or answer.choice or "")


def posted(flow_: Flow, question: Question, form: StepForm) -> Answer:
    """Return the answer that a page brings."""
    return flow_.document.clean(question, form.answer.data or [], form.words.data or "")


def recordings_of(flow_: Flow, step: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the audio folder of a step's questionnaire, and (file name, media type) of its recordings."""
    texts: set[str] = set()
    if step in {question.id for question in flow_.questions}:
        texts = set(flow_.document.question(step).texts.values())
    varies = len(texts) > 1
    where = flow_.document.definition.id
    return where, recordings.of_page(where, step, flow_.draft.language, flow_.occasion.family, varies=varies)


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
