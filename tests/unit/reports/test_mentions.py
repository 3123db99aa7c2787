"""Themes by tone, by group and by kind of event beside each other, attacked together."""

from collections import Counter

from feedback.reports import mentions
from feedback.reports.counting.words import ThemeCounts, Words
from tests.unit.reports import attack


def by(**counts):
    return Counter(counts)


def test_theme_tables_beside_each_other_give_no_small_cell_away():
    words = Words(people=70, by_group=by(parent=40, young=20, child=10), by_event_type=by(icpc=45, rcpc=15))
    words.themes = {
        "listened": ThemeCounts(by(positive=12, negative=3), by(parent=9, young=4, child=2), by(icpc=9, rcpc=3)),
        "plan": ThemeCounts(by(positive=20, negative=10), by(parent=22, young=8), by(icpc=18, rcpc=11)),
        "respect": ThemeCounts(by(mixed=7, negative=1), by(parent=4, young=4), by(icpc=8)),
    }
    rows = mentions.themes(words, is_final=True)
    reader, truth = attack.Reader(), {}
    for row in rows:
        counts = words.themes.get(row["id"], ThemeCounts())
        truth[row["id"], None] = counts.people
        attack.read_count(reader, (row["id"], None), {"value": row["people"], "why": row["why"]}, truth)
        for kind, held in (("tones", counts.tones), ("groups", counts.groups), ("event_types", counts.event_types)):
            cells = row[kind] if kind != "tones" else [{"id": tone, **cell} for tone, cell in row[kind].items()]
            for cell in cells:
                unsaid = counts.people - held.total()
                truth[row["id"], cell["id"]] = unsaid if cell["id"] == "not_said" else held[cell["id"]]
                attack.read_count(reader, (row["id"], cell["id"]), cell, truth)
            reader.adds_up((row["id"], None), [(row["id"], cell["id"]) for cell in cells])
    assert reader.recovers(truth) == []
