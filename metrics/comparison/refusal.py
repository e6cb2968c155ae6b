"""Why a comparison cannot be made: always a sentence with its reason."""


class CannotBeTold(Exception):
    """A comparison that the data cannot answer; its text is the reason."""
