"""A day without its year, in the order and the words of each language."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date, get_day_names, get_month_names

from feedback import i18n

DAY = date(2026, 11, 23)
NUMBERED_MONTH = {"zh_Hant"}


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", "Monday 23 November"),
        ("es", "lunes, 23 de noviembre"),
        ("fr", "lundi 23 novembre"),
        ("tr", "23 Kasım Pazartesi"),
        ("zh_Hant", "11月23日 星期一"),
    ],
)
def test_a_day_is_written_as_its_language_orders_it(code: str, written: str) -> None:
    assert format_date(DAY, i18n.day_pattern(code), i18n.locale_of(code)) == written


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_weekday_and_month_are_written_out_in_every_language(code: str) -> None:
    locale = i18n.locale_of(code)
    written = format_date(DAY, i18n.day_pattern(code), locale)
    assert get_day_names("wide", locale=locale)[DAY.weekday()] in written
    assert code in NUMBERED_MONTH or get_month_names("wide", locale=locale)[DAY.month] in written
