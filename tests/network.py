"""A client over the network with the interface of Flask's test client, so that `Client` can walk a running server."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

TIMEOUT_SECONDS = 30


@dataclass
class Answer:
    """What the server sent back."""

    status_code: int
    headers: http.client.HTTPMessage
    body: bytes

    def get_data(self, *, as_text: bool = False) -> Any:
        """Return the body."""
        return self.body.decode("utf-8", "replace") if as_text else self.body


@dataclass
class NetworkClient:
    """One browser: a connection and its cookies."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, url: str) -> Answer:
        """Open an address."""
        return self._ask("GET", url)

    def post(self, url: str, data: dict[str, Any]) -> Answer:
        """Send a form."""
        return self._ask("POST", url, urlencode(data, doseq=True))

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()

    def _ask(self, method: str, url: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._connection is None:
            self._connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=TIMEOUT_SECONDS)
        self._connection.request(method, url, body, headers)
        response = self._connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer
