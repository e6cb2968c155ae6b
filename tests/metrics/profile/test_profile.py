"""The profile of one CCG put together: over the small programme, over nothing, and over a rollout of four practices."""

from functools import partial
from pathlib import Path

from metrics.adoption import practice_states
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figure import Figure
from metrics.figures import figures
from metrics.profile import profile, silent_message, silent_practices
from metrics.selection import Selection
from tests.metrics.rollouts import ONE, THREE, TWO, ledger, listed, released, sent


def _figures(engine: Engine, key: str, selection: Selection) -> list[Figure]:
    return figures(load()[key], selection, engine)


def test_a_ccg_of_which_nothing_came_has_messages_and_no_charts(nothing: Engine) -> None:
    found = profile(nothing, "00C", load(), partial(_figures, nothing))
    assert [message.lead for message in found.messages] == [
        "Nothing can be said of better or worse.",
        "Its worst step cannot be told.",
        "It has no place on the early implementers' curve: no ledger says when it went live.",
    ]
    assert found.messages[2].rest == "Nothing that is sent month by month has been received from it."
    assert (found.tracks, found.since, found.queues, found.practices, found.live) == ([], [], None, None, None)


def test_tracks_are_of_the_one_ccg_and_every_measure_that_has_figures(small: Engine) -> None:
    found = profile(small, "00C", load(), partial(_figures, small))
    held = [key for key in load() if any(f.area == "00C" for f in _figures(small, key, Selection(per="quarter")))]
    assert [track.measure.key for track in found.tracks] == held
    assert {spot.figure.area for track in found.tracks for spot in track.spots} == {"00C"}


def test_a_practice_is_silent_that_is_trained_or_live_on_paper_and_sends_nobody_lately(tmp_path: Path) -> None:
    lists = [listed(ONE), listed(TWO), listed(THREE), listed("00M-D04")]
    # one refers to the end, two stopped in May, three never began; four has no paper
    referrals = [*sent(ONE, "2015-05", "2015-10", "2015-11", "2015-12"), *sent(TWO, "2015-05")]
    paper = [ledger(ONE, "practice_live", "2015-05-01"), ledger(TWO, "practice_live", "2015-05-01")]
    paper += [ledger(THREE, "practice_trained", "2015-06-01")]
    (area,) = practice_states(released(tmp_path, lists, referrals, paper), Selection(ccgs=("00M",)))

    assert [practice.code for practice in silent_practices(area)] == [TWO, THREE]
    assert silent_message(area) == (
        "2 of 4 practices are trained or live on paper and sent nobody in the 3 months to December 2015."
    )


def test_nobody_is_called_silent_where_nothing_came() -> None:
    assert silent_message(None).startswith("Which practices are silent cannot be told")
