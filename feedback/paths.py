"""Where the folders beside the package are: in a checkout at its top, in an installed wheel inside the package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def _folder(name: str) -> Path:
    beside = PACKAGE.parent / name
    return beside if (PACKAGE.parent / "wsgi.py").exists() else PACKAGE / f"_{name}"


TEMPLATES = _folder("templates")
TRANSLATIONS = _folder("translations")
MIGRATIONS = _folder("migrations")
STATIC = PACKAGE / "static"
