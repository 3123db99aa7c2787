"""Serves the built assets under their hashed names, compressed beforehand; hands templates names and drawings.

Knows nothing of pages. The files are made by `feedback/assets/build.js`; nothing is built or compressed here.
"""

import json
from functools import partial
from pathlib import Path

from flask import Flask, Response, abort, request
from markupsafe import Markup

ADDRESS = "/static/"
FOLDER = Path(__file__).parent.parent / "static"
ONE_YEAR = 365 * 24 * 60 * 60
"""Seconds; the longest time RFC 9111 calls useful. A changed file gets another name."""

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Encodings prepared beside the files, smallest result first, with the ending of their copies."""

MIMETYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
"""Written down, because Python's table differs from system to system."""


def register(app: Flask) -> None:
    """Add the address `/static/<name>` and the template functions `asset(name)` and `drawing(idea)`.

    The application is made with `static_folder=None`, because Flask's own route knows no prepared copies.
    """
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    names: dict[str, str] = json.loads(files["manifest.json"])
    app.add_url_rule(f"{ADDRESS}<name>", "static", partial(_serve, files=files))
    drawings = {idea: Markup(body) for idea, body in json.loads(files["pictures.json"]).items()}  # noqa: S704 - ours
    app.jinja_env.globals["asset"] = partial(asset_url, names=names)
    app.jinja_env.globals["drawing"] = partial(drawing_of, drawings=drawings)


def asset_url(name: str, *, names: dict[str, str]) -> str:
    """Return the address of the asset that the manifest lists as `name`; raise KeyError for an unknown one."""
    return ADDRESS + names[name]


def drawing_of(idea: str, *, drawings: dict[str, Markup]) -> Markup:
    """Return the inside of an idea's SVG (32 by 32); nothing for an idea without one, whose words then stand alone."""
    return drawings.get(idea, Markup())


def _serve(name: str, *, files: dict[str, bytes]) -> Response:
    """Answer from memory: all files together are smaller than a photograph."""
    if name not in files:
        abort(404)
    encoding, ending = _best_encoding(name, files)
    response = Response(files[name + ending], mimetype=MIMETYPES.get(Path(name).suffix, "text/plain"))
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR
    response.cache_control.immutable = True
    if encoding:
        response.content_encoding = encoding
    if any(name + prepared in files for _, prepared in ENCODINGS):
        response.vary.add("Accept-Encoding")
    return response


def _best_encoding(name: str, files: dict[str, bytes]) -> tuple[str, str]:
    """Return the first prepared encoding that the reader accepts, with its ending; two empty strings for none."""
    for encoding, ending in ENCODINGS:
        if name + ending in files and request.accept_encodings[encoding] > 0:
            return encoding, ending
    return "", ""
