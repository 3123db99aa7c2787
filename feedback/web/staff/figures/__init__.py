"""The manager's figures: released figures as sentences, tables and bars. Sees releases and nothing else."""

from __future__ import annotations

from feedback.web.staff.figures import experience, files, overview, themes, years
from feedback.web.staff.figures.frame import blueprint

__all__ = ["blueprint", "experience", "files", "overview", "themes", "years"]
