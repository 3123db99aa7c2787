"""A real mail server (aiosmtpd) for tests: keeps every message as a file before it says yes, and can be killed."""

from __future__ import annotations

import asyncio
import email
import os
import secrets
import signal
import traceback
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope


class _Keeper:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        path = self.folder / secrets.token_hex(8)
        path.with_suffix(".part").write_bytes(envelope.original_content or b"")
        path.with_suffix(".part").rename(path.with_suffix(".eml"))
        return "250 Kept"


def serve(folder: Path, port: int) -> None:
    """Take mail on a port until killed."""

    async def forever() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(_Keeper(folder)), "127.0.0.1", port, reuse_address=True)
        await server.serve_forever()

    asyncio.run(forever())


def received(folder: Path) -> list[Any]:
    """Return every message that was taken."""
    return [email.message_from_bytes(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]


class Child:
    """A part of the service in a process of its own, started by forking, killed without warning."""

    def __init__(self, work: Any, *args: Any) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            try:
                work(*args)
            except Exception:  # noqa: BLE001 - told, then gone
                traceback.print_exc()
            finally:
                os._exit(0)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
