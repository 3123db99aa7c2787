"""Recorded questions: files that somebody has read aloud and placed in the audio folder.

The slot of a recording is `INSTANCE/audio/<questionnaire>/<page>.<language>.mp3` (or `.ogg`), where the page is a
question's id or a step such as `privacy`. A question whose words change with the kind of event has one slot for each:
`c_clear.meeting.en.mp3`.
"""

from __future__ import annotations

from flask import abort, send_from_directory
from werkzeug.wrappers import Response

from feedback.web.public.frame import blueprint
from feedback.web.survey import recordings


@blueprint.get("/audio/<folder>/<name>")
def recording(folder: str, name: str) -> Response:
    """Send one recording; a name that is no slot is no page of ours."""
    if not recordings.is_slot(folder, name):
        abort(404)
    return send_from_directory(recordings.folder(), f"{folder}/{name}", conditional=True)
