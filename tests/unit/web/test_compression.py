"""Compression: small on the wire, never where a page holds what people wrote."""

import gzip

import pytest
from flask import Flask

from feedback.web import compression

PAGE = "<p>Did people listen to what you think?</p>" * 100
GZIP = {"Accept-Encoding": "gzip, deflate"}


@pytest.fixture
def client():
    app = Flask("pages", static_folder=None)
    compression.register(app)
    for number, path in enumerate(("/en/", "/staff/alerts", "/advocate/sessions")):
        app.add_url_rule(path, str(number), lambda: PAGE)
    app.add_url_rule("/short", "short", lambda: "<p>Short</p>")
    app.add_url_rule("/file", "file", lambda: (PAGE, {"Content-Type": "text/csv"}))
    return app.test_client()


def test_a_public_page_arrives_small_and_whole(client):
    response = client.get("/en/", headers=GZIP)
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) < len(PAGE) / 5
    assert int(response.headers["Content-Length"]) == len(response.data)
    assert gzip.decompress(response.data).decode() == PAGE


def test_the_same_page_has_many_lengths_so_that_none_tells_a_secret(client):
    assert len({len(client.get("/en/", headers=GZIP).data) for _ in range(40)}) > 5


@pytest.mark.parametrize("path", ["/staff/alerts", "/advocate/sessions"])
def test_pages_with_what_people_wrote_are_never_compressed(client, path):
    assert "Content-Encoding" not in client.get(path, headers=GZIP).headers


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0"])
def test_a_reader_without_gzip_gets_the_page_as_it_is(client, accepted):
    response = client.get("/en/", headers={"Accept-Encoding": accepted})
    assert response.text == PAGE
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("path", ["/short", "/file"])
def test_what_would_not_gain_is_left_alone(client, path):
    assert "Content-Encoding" not in client.get(path, headers=GZIP).headers
