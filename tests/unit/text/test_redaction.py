"""The redactor: who and where are hidden in every language, what may stay stays, and nothing else is lost."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.text.concerns.lists import LANGUAGES
from feedback.text.redaction import hidden, hide
from feedback.text.redaction.letters import likeness
from feedback.text.redaction.lists import name_list

ENGLISH = [
    ("i like beth she plays cards", ["beth"]),
    ("Mr Oyelaran was kind", ["Oyelaran"]),
    ("my name is Xylonda", ["Xylonda"]),
    ("amiras mum came", ["amira"]),
    ("Beth's worker rang", ["Beth"]),
    ("my social worker chidinma listens", ["chidinma"]),
    ("we told Kasia and Yusuf", ["Kasia", "Yusuf"]),
    ("uncle abdi took me", ["abdi"]),
    ("we live at 12 Acacia Road", ["12 Acacia Road"]),
    ("flat 4 maple lane", ["maple lane"]),
    ("i go to St Marks Primary School", ["St Marks Primary School"]),
    ("she moved us to Orpington", ["Orpington"]),
    ("from penge", ["penge"]),
    ("ring 07700 900417", ["07700 900417"]),
    ("07700-900-155 is my number", ["07700-900-155"]),
    ("it is oh seven seven double oh nine one two three", ["seven seven double oh nine"]),
    ("mail marta.kowal@example.org please", ["marta.kowal@example.org"]),
    ("jo at gmail dot com", ["gmail"]),
    ("SE20 8ZB", ["SE20 8ZB"]),
    ("born 09/11/1988", ["09/11/1988"]),
    ("my birthday is 5th March", ["5th March"]),
    ("add @katyb_sunny on insta", ["@katyb_sunny"]),
    ("my snap is zork99", ["zork99"]),
    ("Ref 20-118837", ["20-118837"]),
    ("nhs number 943 476 5919", ["943 476 5919"]),
    ("see www.example.org/kids", ["example.org"]),
    ("Grace waited for my mum", ["Grace"]),
    ("i told pav about it", ["pav"]),
]
OTHERS = {
    "pl": [("Kasię lubię", "Kasię"), ("pani Nowak przyszła", "Nowak"), ("filipkowi pomogli", "filipkowi")],
    "ro": [("doamna Popescu a venit", "Popescu"), ("vorbesc cu Ionela", "Ionela")],
    "bg": [("говорих с Иванка", "Иванка"), ("г-жа Петрова дойде", "Петрова")],
    "es": [("hablé con Yesenia ayer", "Yesenia"), ("me llamo Zork", "Zork")],
    "fr": [("j'ai vu Aminata hier", "Aminata"), ("je m'appelle Zork", "Zork")],
    "pt": [("falei com a Conceição", "Conceição"), ("o senhor Tavares veio", "Tavares")],
    "tr": [("dün Ayşe'yi gördüm", "Ayşe"), ("annem Mehmetle konuştu", "Mehmet"), ("Enfield'den geldik", "Enfield")],
    "sq": [("fola me Dritanin dje", "Dritanin"), ("zonja Hoxha erdhi", "Hoxha"), ("jetoj n'Orpington", "Orpington")],
    "ta": [
        ("பவித்ராவின்ர புத்தகம்", "பவித்ரா"),
        ("rusty lane la irukkom", "rusty lane"),
        ("டீச்சர் கவிதா வந்தா", "கவிதா"),
        ("என் பெயர் யாழினி", "யாழினி"),
    ],
    "bn": [("ফাতেমা আপা ভালো", "ফাতেমা"), ("আমার নাম সাদিয়া", "সাদিয়া"), ("ব্রমলিতে থাকি", "ব্রমলি")],
    "ur": [
        ("mr bennet بہت بولتے ہیں", "bennet"),
        ("مس شازیہ اچھی ہیں", "شازیہ"),
        ("میرا نام حمزہ ہے", "حمزہ"),
        ("ہم کروئیڈن میں رہتے ہیں", "کروئیڈن"),
    ],
    "ar": [
        ("المترجمة شيماء كانت لطيفة", "شيماء"),
        ("اسمي ياسمين", "ياسمين"),
        ("ساكنين بشارع ويلمنت جنب لويشام", "لويشام"),
    ],
    "fa": [("نگین‌جان آمد", "نگین"), ("خانم رضایی آمد", "رضایی"), ("اسمم نیلوفر است", "نیلوفر")],
    "uk": [("говорила з Оксаною", "Оксаною"), ("пані Шевченко прийшла", "Шевченко")],
    "zh_Hant": [
        ("陳美玲好好人", "陳美玲"),
        ("黃姑娘幫我", "黃"),
        ("我叫家明", "家明"),
        ("同埃絲特傾過", "埃絲特"),
        ("只有艾莎肯聽", "艾莎"),
        ("我住SE20 8ZB附近", "SE20 8ZB"),
    ],
}
CLEAN = [
    "Mum said Childline was good",
    "We had a meeting in May after Eid",
    "The Bromley Children Project group was brilliant",
    "CAMHS and TAPSS came on Wednesdays",
    "My Polish interpreter was late",
    "Call 999 or 0800 1111",
    "i will hope for the best",
    "mark my words it may happen",
    "It took 3 weeks and 2 days, 10.30-11.45",
    "We are Muslim and pray on Friday",
    "it cost £12000",
    "GOOD. VERY GOOD. THANK YOU",
    "I'm happy, I've got a plan",
    "down the road from school",
    "her social worker is nice",
]


@pytest.mark.parametrize(("text", "secrets"), ENGLISH)
def test_it_hides_who_and_where_in_english(text: str, secrets: list[str]) -> None:
    shown = hide(text, "en")
    assert not [secret for secret in secrets if secret in shown], shown


@pytest.mark.parametrize(
    ("language", "text", "secret"), [(code, *row) for code, rows in OTHERS.items() for row in rows]
)
def test_it_hides_names_in_every_language(language: str, text: str, secret: str) -> None:
    assert secret not in hide(text, language)


@pytest.mark.parametrize(
    ("language", "name", "word"),
    [("ta", "ஜோனதன்", "எழுதினோம்"), ("bn", "ক্যাথলিন", "দেখাইতেছি"), ("ar", "غريغسون", "يكتبونها")],
)
def test_a_name_no_list_holds_is_written_more_like_names_than_a_verb_is(language: str, name: str, word: str) -> None:
    like = likeness(language)
    assert name not in name_list()
    assert like(name) > 1
    assert like(word) < 0
    assert likeness("en")(name) == 0


@pytest.mark.parametrize("text", CLEAN)
def test_it_returns_a_clean_text_unchanged(text: str) -> None:
    assert hide(text, "en") == text


def test_it_puts_the_role_in_the_place() -> None:
    assert hide("my worker is Beth from Penge, 07700 900417", "en") == "my worker is [name] from [place], [number]"


def test_a_town_that_begins_like_a_mail_service_is_no_address_of_mail() -> None:
    assert "[email]" not in hide("she works at liverpool road", "en")


def test_it_makes_a_first_and_a_family_name_one() -> None:
    assert hide("I saw Chidinma Eze there", "en") == "I saw [name] there"


def test_it_keeps_what_a_council_adds() -> None:
    assert hide("we went to Zorkville Hub", "en", frozenset({"Zorkville Hub"})) == "we went to Zorkville Hub"
    assert hide("we went to Zorkville Hub", "en") != "we went to Zorkville Hub"


def test_it_sees_through_invisible_characters_and_wide_letters() -> None:
    assert "B\u200beth" not in hide("I like B\u200beth a lot", "en")
    assert "０７７００" not in hide("ring ０７７００ ９００４１７", "en")


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=300), st.sampled_from([None, *LANGUAGES, "xx"]))
def test_hiding_twice_changes_nothing_more(text: str, language: str | None) -> None:
    once = hide(text, language)
    assert hide(once, language) == once


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "beth",
                "Zork",
                "Road",
                "my",
                "name",
                "is",
                "Mr",
                "at",
                "12",
                ".",
                "07700 900417",
                "a@b.uk",
                "[name]",
                "School",
                "陳美玲",
            ]
        ),
        max_size=12,
    )
)
def test_nothing_outside_the_hidden_spans_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    spans = hidden(text, "en")
    pieces, at = [], 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        pieces += [text[at : span.start], f"[{span.role}]"]
        at = span.end
    once = "".join(pieces) + text[at:]
    assert re.sub(r"\s+", " ", hide(text, "en")) == re.sub(r"\s+", " ", hide(once, "en"))


@settings(deadline=None, max_examples=150)
@given(
    st.text(max_size=40),
    st.from_regex(r"[a-z]{2,8}(\.[a-z]{2,6})?@[a-z]{2,8}\.(com|co\.uk|org)", fullmatch=True),
    st.from_regex(r"0[127][0-9]{3}[ -]?[0-9]{6}", fullmatch=True),
    st.text(max_size=40),
)
def test_no_email_and_no_telephone_number_is_left(before: str, email: str, phone: str, after: str) -> None:
    shown = hide(f"{before} {email} and {phone} {after}", "en")
    assert email not in shown
    assert phone not in shown


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "@",
        "a@",
        "1 ",
        "1-",
        "a_",
        "London Road ",
        "Zork Blim ",
        "陳美",
        "st ",
        "1/1/",
        "one two ",
        "مي ",
        "\u200b",
        "A",
    ],
)
def test_a_hundred_thousand_characters_take_bounded_time(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    started = time.process_time()
    hide(text, None)
    assert time.process_time() - started < 8


@pytest.mark.parametrize("text", ["大家明白點解要開會", "孩子健康最緊要", "老師關心兒子", "意志堅強"])
def test_no_chinese_name_is_seen_across_two_words(text: str) -> None:
    assert hide(text, "zh_Hant") == text


def test_a_long_foreign_name_is_hidden_whole_in_chinese() -> None:
    assert hide("維克多好好人", "zh_Hant") == "[name]好好人"
