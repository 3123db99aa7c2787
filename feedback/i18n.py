"""Languages: which are offered, which one a page is in, its direction, and the translations outside a request."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from babel import Locale
from babel.dates import match_skeleton
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g
from flask_babel import Babel

from feedback.config import Config
from feedback.errors import ConfigurationError
from feedback.paths import TRANSLATIONS

SOURCE = "en"
SIGN_OFF = TRANSLATIONS / "sign_off.toml"


@dataclass(frozen=True)
class Language:
    """A language by its code in addresses, its HTML tag, its name in itself and its direction."""

    code: str
    tag: str
    name: str
    dir: str = "ltr"

    @property
    def for_staff(self) -> str:
        """Its name in English, and in itself."""
        english = Locale.parse(self.code).get_display_name(SOURCE)
        return self.name if english == self.name else f"{english} ({self.name})"


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", "en-GB", "English"),
        Language("pl", "pl", "Polski"),
        Language("ro", "ro", "Română"),
        Language("bg", "bg", "Български"),
        Language("es", "es", "Español"),
        Language("fr", "fr", "Français"),
        Language("pt", "pt", "Português"),
        Language("tr", "tr", "Türkçe"),
        Language("sq", "sq", "Shqip"),
        Language("ta", "ta", "தமிழ்"),
        Language("bn", "bn", "বাংলা"),
        Language("ur", "ur", "اردو", "rtl"),
        Language("ar", "ar", "العربية", "rtl"),
        Language("fa", "fa", "فارسی", "rtl"),
        Language("uk", "uk", "Українська"),
        Language("zh_Hant", "zh-Hant", "繁體中文"),
    )
}
"""Every language the service knows, in the order the first page shows them."""


def available() -> list[str]:
    """Return the codes of the languages that have a catalogue, in order."""
    return [code for code in LANGUAGES if code == SOURCE or (TRANSLATIONS / code / "LC_MESSAGES").is_dir()]


@lru_cache
def sign_off() -> dict[str, dict[str, str]]:
    """Return language -> part of the catalogue -> state, as people have signed it off."""
    return cast("dict[str, dict[str, str]]", tomllib.loads(SIGN_OFF.read_text(encoding="utf-8")))


def is_draft(code: str) -> bool:
    """Whether nobody qualified has back-checked a language's safeguarding words yet."""
    return code != SOURCE and not sign_off().get(code, {}).get("safeguarding", "").startswith("signed off")


def offered(config: Config) -> list[str]:
    """Return the languages this installation offers.

    The demonstration offers all; a real one English, those whose safeguarding words are signed off, and those the
    operator names knowingly in `LANGUAGES`. Administrators may name more (`settings.queries.list_languages`).
    Raise ConfigurationError for a name that has no catalogue.
    """
    known = available()
    unknown = [code for code in config.languages if code not in known]
    if unknown:
        raise ConfigurationError(f"LANGUAGES names {', '.join(unknown)}, which has no catalogue here.")
    return [code for code in known if config.demo or code in config.languages or not is_draft(code)]


def current() -> Language:
    """Return the language of the page being made."""
    return LANGUAGES[g.get("language", SOURCE)]


def use(code: str) -> None:
    """Make the rest of this request speak a language."""
    g.language = code


def locale_of(code: str) -> str:
    """Return the locale that formats dates and numbers; `en` alone would write American dates."""
    return "en_GB" if code == SOURCE else code


@lru_cache
def day_pattern(code: str) -> str:
    """Return the pattern of a day without its year, as a language orders it: weekday, day and month in full.

    The nearest pattern a locale has may be a short one. Its short names are then written out, as Unicode Technical
    Standard 35, part 4, "Matching Skeletons", says; a month that is a number (M) stays one.
    """
    skeletons = Locale.parse(locale_of(code)).datetime_skeletons
    nearest = skeletons[match_skeleton("MMMMEEEEd", skeletons)]
    return re.sub(r"\bMMM\b", "MMMM", re.sub(r"\bE{1,3}\b", "EEEE", nearest.pattern))


def translate(language: str, context: str, english: str) -> str | None:
    """Return a text of the catalogues outside a request, or None where a language has none."""
    found = str(_catalogue(language).pgettext(context, english))
    return None if found == english and language != SOURCE and not _is_same(language, context, english) else found


def _is_same(language: str, context: str, english: str) -> bool:
    """Whether a translation is there and happens to equal the English (a name, a number)."""
    catalogue: Any = getattr(_catalogue(language), "_catalog", {})
    return f"{context}\x04{english}" in catalogue


@lru_cache
def _catalogue(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [Locale.parse(language)])


def init(app: Flask) -> None:
    """Give the app its translations and the template globals that name the page's language."""
    config: Config = app.config["SETTINGS"]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/London"
    app.extensions["languages"] = offered(config)
    Babel(app, locale_selector=lambda: locale_of(current().code))
    # Templates ask for some thirty texts a page: straight from the catalogue, past the library's look-ups.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue(current().code).gettext(text),
        lambda one, many, number: _catalogue(current().code).ngettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, text: _catalogue(current().code).pgettext(context, text),
    )

    @app.context_processor
    def _language_of_the_page() -> dict[str, str]:
        language = current()
        return {"lang": language.tag, "text_dir": language.dir}


def always_offered() -> list[str]:
    """Return the codes the running app offers whatever its administrators decide."""
    return cast("list[str]", current_app.extensions["languages"])
