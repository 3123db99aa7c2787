"""Hide who and where from a comment before a manager reads it: names, places, numbers, addresses, in sixteen languages.

Puts a role word in the place ("[name]"); misses some and says so; knows words only.
"""

from feedback.text.redaction.hide import DEFAULT_KEEP, hidden, hide
from feedback.text.redaction.spans import Hidden

__all__ = ["DEFAULT_KEEP", "Hidden", "hidden", "hide"]
