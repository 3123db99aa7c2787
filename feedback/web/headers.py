"""The promises every response makes to the browser: what may run, who may frame it, what may be kept.

Knows no page. A view that needs more (a service worker, a download) sets its own header; it is left alone.
"""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self'; "
    "font-src 'self'; "
    "media-src 'self'; "
    "connect-src 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'none'; "
    "base-uri 'none'"
)
"""Own files only and nothing inline, so that no nonce is needed."""

PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
"""What these pages never ask a phone for."""

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers older than frame-ancestors
}

TWO_YEARS = 2 * 365 * 24 * 60 * 60
"""Seconds that a browser keeps to https once it has seen it."""


def register(app: Flask) -> None:
    """Put the headers on every response of the application."""
    # Flask-WTF's check on https wants a Referer, which no-referrer withholds; the token itself is still checked.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.after_request(protect)


def protect(response: Response) -> Response:
    """Add the security headers, and forbid keeping anything but the built assets."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}")
    if request.endpoint != "static" or response.status_code >= 400:  # noqa: PLR2004 - HTTP's own boundary
        response.headers["Cache-Control"] = "no-store"
    return response
