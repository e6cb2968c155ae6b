"""Text as dates, months, whole numbers and numbers; what cannot be read becomes null.

These take distinct values, so that a column of a million dates costs as much as its few thousand days.
"""

import pyarrow as pa
import pyarrow.compute as pc

_NO_TEXT = pa.scalar(None, pa.string())


def as_dates(text: pa.Array) -> pa.Array:
    """ISO dates and UK dates; a time of day behind is dropped, since waits are in whole days."""
    text = pc.replace_substring_regex(text, r"[ T]\d{1,2}:\d\d(:\d\d)?(\.\d+)?$", "")
    text = pc.replace_substring_regex(text, r"^(\d)/", r"0\1/")
    text = pc.replace_substring_regex(text, r"/(\d)/", r"/0\1/")
    text = pc.replace_substring_regex(text, r"^(\d\d)/(\d\d)/(\d{4})$", r"\3-\2-\1")
    dates = pc.strptime(_like(text, r"^\d{4}-\d{2}-\d{2}$"), "%Y-%m-%d", "s", error_is_null=True).cast(pa.date32())
    # strptime takes 31 February for 2 March: a date must come back as it was written
    rolled = pc.fill_null(pc.not_equal(dates.cast(pa.string()), text), False)
    return pc.if_else(rolled, pa.scalar(None, pa.date32()), dates)


def as_months(text: pa.Array) -> pa.Array:
    """Months such as 2016-05, or any date in them, as the first of the month."""
    bare = pc.match_substring_regex(text, r"^\d{4}-\d{2}$")
    dates = as_dates(pc.if_else(bare, pc.binary_join_element_wise(text, "01", "-"), text))
    return pc.floor_temporal(dates, unit="month").cast(pa.date32())


def as_wholes(text: pa.Array) -> pa.Array:
    """Whole numbers of up to nine digits; 3.0 is one, as workbooks write it."""
    return _like(pc.replace_substring_regex(text, r"\.0+$", ""), r"^-?\d{1,9}$").cast(pa.int32())


def as_numbers(text: pa.Array) -> pa.Array:
    """Numbers with a decimal point or none; infinity and 'nan' are not numbers here."""
    return _like(text, r"^-?(\d{1,15}(\.\d*)?|\.\d+)([eE][-+]?\d{1,2})?$").cast(pa.float64())


def _like(text: pa.Array, pattern: str) -> pa.Array:
    """The values that match; null for the others, so that a cast cannot fail."""
    return pc.if_else(pc.match_substring_regex(text, pattern), text, _NO_TEXT)
