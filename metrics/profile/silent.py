"""Practices that are live or trained on paper and have sent nobody lately."""

from collections.abc import Sequence

from metrics.adoption.states import LOOKED_BACK, AreaPractices, PracticeState


def silent_practices(practices: AreaPractices) -> Sequence[PracticeState]:
    """Practices that the ledger has as trained or live, without a referral in the last months."""
    return [
        practice
        for practice in practices.practices
        if (practice.trained or practice.said_live) and practice.state not in ("live", "sustained")
    ]


def silent_message(practices: AreaPractices | None) -> str:
    """How many there are, without their names."""
    if practices is None:
        return "Which practices are silent cannot be told: no lists or no referrals were received."
    silent, open_now = len(silent_practices(practices)), len(practices.practices)
    as_at = f"{practices.month:%B %Y}"
    if not silent:
        return f"No practice that is trained or live on paper was silent in the {LOOKED_BACK} months to {as_at}."
    are = "is" if silent == 1 else "are"
    lately = f"sent nobody in the {LOOKED_BACK} months to {as_at}"
    return f"{silent} of {open_now} practices {are} trained or live on paper and {lately}."
