"""Reading age of the English texts: Flesch-Kincaid grade over whole sets, never over single lines, where it jumps about.

Grade = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid and others, 1975); reading age is about grade + 5.
The syllables are counted by rule, so a figure is good to about half a grade. Says nothing about other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jinja2.ext import babel_extract

from feedback.paths import TEMPLATES
from feedback.questionnaires.definition import Part, built_in
from tests.bench.line import report

VOWELS = re.compile(r"[aeiouy]+")
SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)")
WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
CHILD, ADULT = 7, 9
"""Reading ages aimed at: seven where a child reads alone, nine for everybody else (practice 4.4)."""


@dataclass(frozen=True)
class Readability:
    """Counts of a set of texts, and the grade they make."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def age(self) -> float:
        """The reading age in years."""
        return self.grade + 5


def syllables(word: str) -> int:
    """Count a word's syllables by rule: groups of vowels, less a silent ending."""
    bare = re.sub(r"(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$", lambda end: end[0][0], word.lower().strip("'-"))
    return max(1, len(VOWELS.findall(bare)))


def read(texts: Iterable[str]) -> Readability:
    """Count a set of texts; a text without an end is a sentence too."""
    sentences = words = syllables_ = 0
    for text in texts:
        for sentence in SENTENCE.split(re.sub(r"%\(\w+\)s", "999", text)):
            found = WORD.findall(sentence)
            if found:
                sentences, words = sentences + 1, words + len(found)
                syllables_ += sum(map(syllables, found))
    return Readability(sentences, words, syllables_)


def questions(audience: str) -> list[str]:
    """Return every question and hint of an audience that is asked about the service, options left out."""
    [definition] = [each for each in built_in() if each.id == audience]
    asked = [question for question in definition.questions if question.part is not Part.EQUALITY]
    return [text for question in asked for text in {*question.texts.values(), question.hint} if text]


def page_texts(pattern: str) -> list[str]:
    """Return every text of the templates a pattern names."""
    found = []
    for path in sorted(TEMPLATES.glob(pattern)):
        with path.open("rb") as file:
            found += [text for _, _, text, _ in babel_extract(file, ["_"], [], {}) if isinstance(text, str)]
    return found


def sets() -> dict[str, tuple[list[str], int]]:
    """Return every set by name, with the reading age aimed at."""
    full = page_texts("public/_privacy_full.html") + page_texts("public/accessibility.html")
    family = [text for text in page_texts("public/*.html") + page_texts("survey/*.html") if text not in full]
    return {
        "questions_child": (questions("child"), CHILD),
        "questions_young": (questions("young"), ADULT),
        "questions_parent": (questions("parent"), ADULT),
        "privacy_child": (page_texts("public/_privacy_child.html"), CHILD),
        "privacy_young": (page_texts("public/_privacy_young.html"), ADULT),
        "privacy_parent": (page_texts("public/_privacy_parent.html"), ADULT),
        "easy_read": (page_texts("public/*easy.html") + page_texts("survey/*_easy.html"), ADULT),
        "pages_for_families": (family, ADULT),
        "law_full_notice_and_statement": (full, ADULT),
    }


def measure() -> None:
    """Report the reading age of every set."""
    for name, (texts, aim) in sets().items():
        found = read(texts)
        report(f"reading_age_{name}", found.age, "years", reference="aim", reference_value=aim, n=found.words)


if __name__ == "__main__":
    measure()
