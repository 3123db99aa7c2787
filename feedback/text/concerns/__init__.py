"""Find what may be a safeguarding concern, with recall before precision, in sixteen languages.

Orders a person's reading and never replaces it: no concern found is not reassurance. Knows words only.
"""

from feedback.text.concerns.find import Concern, find
from feedback.text.concerns.learnt import models
from feedback.text.concerns.lists import Kind, Level

__all__ = ["Concern", "Kind", "Level", "find", "models"]
