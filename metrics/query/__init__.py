"""A measure and a selection, as one select of counts. The only SQL outside `loaders`.

Every select gives rows of (place, ccg, month, ... counts). Nothing is divided here: counts of several
CCGs can be added before dividing, and every engine gives the same whole numbers.
"""

from metrics.query.receipts import arrivals, practice_names, provenance
from metrics.query.scope import Scope
from metrics.query.selects import Counting, columns_of, select_for

__all__ = ["Counting", "Scope", "arrivals", "columns_of", "practice_names", "provenance", "select_for"]
