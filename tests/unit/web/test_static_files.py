"""Built files: found by plain names, kept for ever, sent in the smallest form a browser takes."""

import gzip
import json
import re

import pytest
from flask import Flask

from feedback.web import static_files

NAMES = json.loads((static_files.FOLDER / "manifest.json").read_text("utf-8"))


@pytest.fixture
def app():
    app = Flask("pages", static_folder=None)
    static_files.register(app)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


def _address(app, name):
    return app.jinja_env.globals["asset"](name)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_listed_file_is_there(app, client, name):
    response = client.get(_address(app, name))
    assert response.status_code == 200
    assert response.cache_control.immutable
    assert response.cache_control.max_age == static_files.ONE_YEAR


@pytest.mark.parametrize(
    ("accepted", "sent"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None), ("br;q=0", None)]
)
def test_the_smallest_form_the_browser_takes_is_sent(app, client, accepted, sent):
    response = client.get(_address(app, "public.css"), headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == sent
    assert response.mimetype == "text/css"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_a_compressed_copy_is_the_file(app, client):
    address = _address(app, "public.css")
    packed = client.get(address, headers={"Accept-Encoding": "gzip"}).data
    assert gzip.decompress(packed) == client.get(address).data


@pytest.mark.parametrize("name", ["nothing.css", "..", "%2e%2e%2fconfig.py"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/{name}").status_code == 404


def test_an_unknown_name_is_an_error_of_ours(app):
    with pytest.raises(KeyError):
        app.jinja_env.globals["asset"]("nothing.css")


def test_a_first_view_fits_the_budget():
    # 40 kB are allowed in all; the page itself, pictures included, may take 8 kB of them.
    sizes = [
        len((static_files.FOLDER / f"{NAMES[n]}.gz").read_bytes()) for n in ("public.css", "public.js", "icon.svg")
    ]
    assert sizes[0] <= 11_000
    assert sizes[1] <= 4_000
    assert sum(sizes) <= 16_000


@pytest.mark.parametrize("name", ["public.css", "public.rtl.css", "staff.css", "public.js", "staff.js"])
def test_styles_and_scripts_fetch_and_keep_nothing(name):
    text = (static_files.FOLDER / NAMES[name]).read_text("utf-8")
    assert not any(store in text for store in ("localStorage", "sessionStorage", "indexedDB", "document.cookie"))
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f'"{NAMES["nastaliq.woff2"]}"', NAMES["nastaliq.woff2"]}
    assert "@import" not in text


def test_drawings_are_plain_shapes_that_can_share_a_page():
    drawings = json.loads((static_files.FOLDER / "pictures.json").read_text("utf-8"))
    assert len(drawings) >= 40
    for body in drawings.values():
        assert set(re.findall(r"<(\w+)", body)) <= {"g", "path", "circle", "ellipse", "rect"}
        assert not re.search(r"\b(id|href|style|on\w+)=", body)
