"""The pages for families. None needs JavaScript, none needs an account, one cookie carries the draft.

`frame.py` says what every page shares; each other module is one part of the visit.
"""

from __future__ import annotations

from feedback.web.public import ask, come_back, kiosk, pages, privacy, receipt, recordings, views, you_said
from feedback.web.public.frame import blueprint

__all__ = ["ask", "blueprint", "come_back", "kiosk", "pages", "privacy", "receipt", "recordings", "views", "you_said"]
