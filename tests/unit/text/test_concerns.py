"""The finder of safeguarding concerns: what it must find in every language, and what it must leave alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.text import concerns
from feedback.text.concerns.finder import Finder
from feedback.text.concerns.lists import LANGUAGES, Kind, lists, phrases_of
from feedback.text.concerns.phrases import PhraseError, joined, parse

ENGLISH = [
    ("my dad hits me", "harm_by_other"),
    ("he hert my arm", "harm_by_other"),
    ("i dont want to go bak ther on satday", "harm_by_other"),
    ("he gets funny when he drinks", "harm_by_other"),
    ("its our secret he said", "harm_by_other"),
    ("i sleep with my shoes on", "harm_by_other"),
    ("he comes in my room", "harm_by_other"),
    ("sometimes I think it would be easier if I wasn't here", "self_harm"),
    ("i want to die", "self_harm"),
    ("she cuts herself", "self_harm"),
    ("theres no food in our house", "neglect"),
    ("mum left us on our own all night", "neglect"),
    ("he makes me send pics of me", "exploitation"),
    ("he checks my phone every night", "domestic_abuse"),
    ("he came back last night", "domestic_abuse"),
    ("he tuches me wen mum is at werk", "harm_by_other"),
    ("my brover strangld me", "harm_by_other"),
    ("theyre making me sell for them", "exploitation"),
    ("i dont feel safe", "unsafe_now"),
    ("i am skard to go home", "harm_by_other"),
    ("the worker shouted at me and grabbed my arm", "staff_conduct"),
    ("they sent him my new address", "data_breach"),
]
OTHERS = {
    "pl": ["tata mnie bije", "chcę się zabić", "nie czuję się bezpiecznie w domu"],
    "ro": ["tata mă bate", "vreau să mor", "nu avem mâncare acasă"],
    "bg": ["татко ме бие", "искам да умра", "не съм в безопасност"],
    "es": ["mi papá me pega", "quiero morirme", "no hay comida en la casa"],
    "fr": ["papa me tape", "je veux mourir", "il me suit partout"],
    "pt": ["o meu pai bate em mim", "quero morrer", "tenho medo dele"],
    "tr": ["babam beni dövüyo", "ölmek istiyorum", "evde yemek yok"],
    "sq": ["babi më rreh", "dua të vdes", "kam frikë"],
    "ta": ["அப்பா என்ன அடிக்கிறார்", "தற்கொலை செய்யணும்", "பயமா இருக்கு"],
    "bn": ["আব্বু আমাকে মারে", "মরতে চাই", "ভয় লাগে"],
    "ur": ["ابو مجھے مارتے ہیں", "مجھے ڈر لگتا ہے", "گھر میں کھانا نہیں"],
    "ar": ["ابوي يضربني", "بدي أموت", "ما في أكل بالبيت"],
    "fa": ["بابام منو میزنه", "میخوام بمیرم", "میترسم برگردم خونه"],
    "uk": ["тато мене бʼє", "хочу померти", "нема що їсти"],
    "zh_Hant": ["爸爸打我", "我想死", "屋企冇嘢食"],
}
HARMLESS = [
    "dying of boredom in that meeting",
    "she killed it honestly, best worker",
    "my phone died so i missed the call",
    "it was dead good",
    "we had a fire drill in the middle",
    "thank you for the biscuits",
    "the lady was nice",
    "zoom kept freezing",
    "i was bored to death",
    "we played hide and seek",
]


def kinds(text: str, language: str | None) -> set[str]:
    return {concern.kind for concern in concerns.find(text, language)}


@pytest.mark.parametrize(("text", "kind"), ENGLISH)
def test_it_finds_plain_misspelt_and_oblique_english(text: str, kind: str) -> None:
    assert kind in kinds(text, "en")


@pytest.mark.parametrize(("language", "text"), [(code, text) for code, texts in OTHERS.items() for text in texts])
def test_it_finds_plain_words_in_every_language(language: str, text: str) -> None:
    assert kinds(text, language)


@pytest.mark.parametrize("text", [texts[0] for texts in OTHERS.values()])
def test_it_tries_every_list_when_the_language_is_unknown(text: str) -> None:
    assert kinds(text, None)


def test_it_reads_another_language_inside_an_english_comment() -> None:
    assert kinds("the lady was nice. tata mnie bije", "en")


@pytest.mark.parametrize("text", HARMLESS)
def test_it_leaves_harmless_alarming_words_alone(text: str) -> None:
    assert not kinds(text, "en")


def test_it_keeps_the_past_when_it_has_come_back() -> None:
    assert kinds("he used to hit us but now he is back and he hits us again", "en")


def test_it_finds_words_broken_by_invisible_characters() -> None:
    assert kinds("he h\u200bits m\u2060e", "en")
    assert kinds("\u202ehe hits me\u202c", "en")


def test_it_tells_where_the_words_stand() -> None:
    text = "ok. My  dad HITS me. ok"
    found = concerns.find(text, "en")[0]
    assert text[found.start : found.end] == found.words
    assert "HITS" in found.words


def test_it_orders_immediate_danger_highest() -> None:
    assert max(c.level for c in concerns.find("he said he will kill me tonight", "en")) == 3


def test_every_list_can_be_read_and_its_phrases_found() -> None:
    for phrase_id, code in lists().language.items():
        assert code in LANGUAGES, phrase_id
    table = {"concern": [{"kind": "neglect", "level": 1, "phrases": ["no (food|bread)"]}]}
    assert list(phrases_of(table)[0].spans(["there", "was", "no", "bread"])) == [(2, 4)]


@pytest.mark.parametrize(
    ("phrase", "text", "spans"),
    [
        ("a (b|b c)", "a b c", [(0, 3)]),
        ("a (b|) c", "a b c a c", [(0, 3), (3, 5)]),
        ("a ... b", "a x b y b", [(0, 3)]),
        ("(a|a x) ... b", "a x b", [(0, 3)]),
        ("a* (b|) (b*|c) d", "ax bx d a b b d", [(0, 3), (3, 7)]),
        ("a + b", "b a b a", [(0, 2), (2, 4)]),
        ("a a", "a a a a a", [(0, 2), (2, 4)]),
    ],
)
def test_a_phrase_takes_its_longest_alternative_its_shortest_gap_and_no_word_twice(
    phrase: str, text: str, spans: list[tuple[int, int]]
) -> None:
    assert list(parse(phrase, {}, kind="neglect", level=1).spans(text.split())) == spans


@pytest.mark.parametrize("bad", ["", "...", "... a", "{nobody} hits", "a + b + c", "(a|b"])
def test_a_phrase_that_cannot_be_read_is_refused(bad: str) -> None:
    with pytest.raises(PhraseError):
        parse(bad, {}, kind="neglect", level=1)


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("hit* {me}", "he hitted us", True),
        ("a ... b", "a x y b", True),
        ("a ... b", "a. b", False),
        ("a ... b", "a v w x y z b", False),
        ("shoes + bed", "bed with my shoes", True),
        ("(very |)sad", "sad", True),
        ("(a (b|c)|d) e", "a c e", True),
        ("(a (b|c)|d) e", "a e", False),
    ],
)
def test_phrases_mean_what_the_lists_say(phrase: str, text: str, *, there: bool) -> None:
    finder = Finder([parse(phrase, {"me": ["me", "us"]}, kind="neglect", level=1)])
    assert bool(list(finder.find([word for word, _, _ in joined(text)]))) is there


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=400), st.sampled_from([None, *LANGUAGES, "xx"]))
def test_any_text_gives_concerns_that_lie_inside_it(text: str, language: str | None) -> None:
    for concern in concerns.find(text, language):
        assert 0 <= concern.start < concern.end <= len(text)
        assert concern.words == text[concern.start : concern.end]
        assert concern.kind in Kind.__args__


@pytest.mark.parametrize(
    "piece", ["he hit me ", "dad ", "\u200b", "\u202ea", "陳打我", "مي ", "dont want to go back ", "A", "'", "😀", "."]
)
def test_a_hundred_thousand_characters_take_bounded_time(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    started = time.process_time()
    assert len(concerns.find(text, None)) <= 20
    assert time.process_time() - started < 8
