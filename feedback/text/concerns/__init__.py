"""Find what may be a safeguarding concern, with recall before precision, in sixteen languages.

Orders a person's reading and never replaces it: no concern found is not reassurance. Knows words only.
"""

from feedback.text.concerns.find import Concern, Kind, Level, find

__all__ = ["Concern", "Kind", "Level", "find"]
