"""Headers: what every response promises, and what only the built assets may do."""

import pytest
from flask import Flask, Response

from feedback.web import headers


@pytest.fixture
def app() -> Flask:
    app = Flask("pages", static_folder=None)
    headers.register(app)
    app.add_url_rule("/page", "page", lambda: "a page")
    app.add_url_rule("/static/<name>", "static", _asset)
    app.add_url_rule(
        "/worker", "worker", lambda: Response("", headers={"Content-Security-Policy": "worker-src 'self'"})
    )
    return app


def _asset(name: str) -> tuple[Response, int]:
    response = Response("body")
    response.cache_control.max_age = 60
    return response, 404 if name == "missing.css" else 200


def test_nothing_runs_unless_it_is_an_own_file(app):
    policy = app.test_client().get("/page").headers["Content-Security-Policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert not any("unsafe" in rule or "http" in rule or "data:" in rule for rule in policy)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_even_a_missing_page_keeps_the_promises(app, name, value):
    response = app.test_client().get("/nowhere")
    assert response.status_code == 404
    assert response.headers[name] == value
    assert response.headers["Cache-Control"] == "no-store"


def test_the_phone_is_never_asked_for_place_camera_or_microphone(app):
    policy = app.test_client().get("/page").headers["Permissions-Policy"]
    assert {"geolocation=()", "camera=()", "microphone=()"} <= set(policy.split(", "))


def test_pages_are_never_kept(app):
    assert app.test_client().get("/page").headers["Cache-Control"] == "no-store"


def test_built_files_keep_their_own_time(app):
    assert app.test_client().get("/static/public.css").headers["Cache-Control"] == "max-age=60"


def test_a_missing_file_is_not_remembered(app):
    assert app.test_client().get("/static/missing.css").headers["Cache-Control"] == "no-store"


def test_a_view_that_needs_more_sets_its_own_policy(app):
    assert app.test_client().get("/worker").headers["Content-Security-Policy"] == "worker-src 'self'"


def test_only_https_is_pinned_to_https(app):
    client = app.test_client()
    assert "Strict-Transport-Security" not in client.get("/page").headers
    assert "max-age=" in client.get("/page", base_url="https://views.example").headers["Strict-Transport-Security"]


def test_a_form_is_accepted_over_https_without_a_referer(app):
    assert app.config["WTF_CSRF_SSL_STRICT"] is False
