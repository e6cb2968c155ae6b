from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from loaders.tables import STEPS
from loaders.waiting import month_ends, waiting_lists
from metrics.counts import counts_of, scope_of
from metrics.disclosure import HES_2018, NONE
from metrics.engines import Engine
from metrics.query.queues import joined_and_left, lists
from metrics.queue_window import window_of
from metrics.queues import Queues, StepQueue, queues, targets
from metrics.selection import Selection
from tests.metrics.warehouses import Row, as_table, hold, referral

# The months looked at


def whole(*returns: tuple[str, str]) -> set[tuple[str, date]]:
    return {(ccg, date.fromisoformat(f"{month}-01")) for ccg, month in returns}


def test_the_window_waits_for_a_ccg_that_is_late() -> None:
    sent = whole(*[("00D", f"2018-{m:02}") for m in (1, 2, 3)], *[("00P", f"2018-{m:02}") for m in (1, 2)])
    window = window_of(sent, ["00D", "00P"], None, 2)
    assert window

    assert (window.first, window.last, window.note) == (date(2018, 1, 1), date(2018, 2, 1), "")
    assert window.weeks == 59 / 7


def test_a_ccg_that_has_long_fallen_silent_is_named_and_not_waited_for() -> None:
    window = window_of(whole(("00D", "2018-03"), ("00P", "2017-06")), ["00D", "00P"], None, 1)
    assert window

    assert (window.last, window.note) == (date(2018, 3, 1), "Not received in full from Sunderland.")


def test_a_month_missing_within_the_window_is_told() -> None:
    window = window_of(whole(("00D", "2018-01"), ("00D", "2018-03")), ["00D"], None, 3)
    assert window

    assert window.note == "Not received in full from Durham Dales, Easington and Sedgefield."


def test_an_earlier_month_can_be_asked_for_and_a_later_one_cannot() -> None:
    sent = whole(("00D", "2017-05"), ("00D", "2018-03"))

    assert window_of(sent, ["00D"], date(2017, 5, 1), 1).last == date(2017, 5, 1)  # type: ignore[union-attr]
    assert window_of(sent, ["00D"], date(2019, 5, 1), 1).last == date(2018, 3, 1)  # type: ignore[union-attr]
    assert window_of(sent, ["00P"], None, 3) is None


# From referrals to queues

EXTRACT = date(2016, 12, 31)


def made_up(seed: int, count: int) -> list[Row]:
    """Referrals of two years at random: some seen, some discharged first, some after their discharge."""
    random = np.random.default_rng(seed)

    def after(day: date, longest: int) -> date:
        return day + timedelta(days=int(random.integers(0, longest)))

    rows = []
    for number in range(count):
        received = after(date(2015, 1, 1), 700)
        assessed, discharged = after(received, 150), after(received, 300)
        asked = after(assessed, 30)
        dates = {
            "assessed": assessed,
            "imaging_requested": asked,
            "imaging": after(asked, 90),
            "discharged": discharged,
        }
        dates = {name: day for name, day in dates.items() if random.random() < 0.8 and day <= EXTRACT}
        if "imaging_requested" not in dates:
            dates.pop("imaging", None)
        practice = ("00M-D01", "00C-D01", "13T-D02")[number % 3]
        rows.append(referral(practice, str(received), str(EXTRACT), **{name: str(day) for name, day in dates.items()}))
    return rows


def released(place: Path, rows: list[Row]) -> Engine:
    """The referrals and the lists that the loader makes of them."""
    waiting = waiting_lists(as_table("referral", rows), EXTRACT).to_pylist() if rows else []
    return hold(place, {"referral": rows, "waiting": waiting})


def list_person_by_person(rows: list[Row], step: str, end: date) -> int:
    """Who waits for a step at a month end, one referral after the other."""
    waiting = 0
    for row in rows:
        asked = row["received"] if step == "assessed" else row.get(f"{step}_requested")
        over = [day for day in (row.get(step), row.get("discharged")) if day]
        waiting += bool(asked and asked <= end and (not over or min(over) > end))
    return waiting


@pytest.mark.parametrize("seed", [1, 2])
def test_lists_follow_from_who_joined_and_who_left(tmp_path: Path, seed: int) -> None:
    rows = made_up(seed, 150)
    engine, selection = released(tmp_path, rows), Selection(by="region")
    scope = scope_of(selection, engine, "referral")
    flows = counts_of(engine, selection, scope, joined_and_left)
    waiting = counts_of(engine, selection, scope, lists)
    for step in ("assessed", "imaging"):
        own = flows[flows.step == step]
        for end in month_ends(date(2015, 1, 1), EXTRACT):
            month = end.astype(date).replace(day=1)
            so_far = own[own.month <= month].groupby("change").people.sum()
            left = so_far.get("joined", 0) - so_far.get("seen", 0) - so_far.get("left", 0)
            listed = waiting[(waiting.step == step) & (waiting.month == month)].people.sum()
            assert left == listed == list_person_by_person(rows, step, end.astype(date))


def test_queues_of_ccgs_add_up_to_those_of_the_region(tmp_path: Path) -> None:
    engine = released(tmp_path, made_up(3, 150))
    (region,), ccgs = (queues(engine, Selection(by=by), NONE) for by in ("region", "ccg"))

    for at, step in enumerate(region.steps):
        for count in ("joined", "seen", "left", "waiting"):
            assert getattr(step, count).value == sum(getattr(ccg.steps[at], count).value for ccg in ccgs)


def waiting_row(month: str, week: int, patients: int, step: str = "assessed", provider: str = "DP1") -> Row:
    return {
        "practice": "00M-D01",
        "ccg": "00M",
        "provider": provider,
        "step": step,
        "presentation": "low_back_pain",
        "week": week,
        "patients": patients,
        "month": date.fromisoformat(f"{month}-01"),
    }


def one(engine: Engine, **more: object) -> Queues:
    (found,) = queues(engine, Selection(by="region"), **more)  # type: ignore[arg-type]
    return found


def assessed(found: Queues) -> StepQueue:
    (step,) = [queue for queue in found.steps if queue.step == "assessed"]
    return step


def test_the_mean_wait_is_read_at_the_middle_of_the_bands(tmp_path: Path) -> None:
    # ten people in their first week and thirty in their fifth
    rows = [waiting_row("2016-12", 0, 10), waiting_row("2016-12", 4, 30)]
    engine = hold(tmp_path, {"referral": [referral("00M-D01", "2016-12-01", "2016-12-31")], "waiting": rows})

    assert assessed(one(engine, policy=NONE)).mean_wait.value == pytest.approx(0.25 * 0.5 + 0.75 * 4.5)


def test_the_list_of_a_year_before_is_unknown_where_none_was_received(tmp_path: Path) -> None:
    rows = [waiting_row("2016-03", 0, 10), waiting_row("2016-12", 4, 30)]
    engine = hold(tmp_path, {"referral": [referral("00M-D01", "2016-12-01", "2016-12-31")], "waiting": rows})
    found = assessed(one(engine, policy=NONE))

    assert (found.year_before.status, found.change) == ("not_received", "cannot_be_told")


def test_an_empty_list_of_a_year_before_is_nobody_waiting(tmp_path: Path) -> None:
    rows = [waiting_row("2015-11", 0, 10), waiting_row("2016-12", 4, 30)]
    engine = hold(tmp_path, {"referral": [referral("00M-D01", "2016-12-01", "2016-12-31")], "waiting": rows})
    found = assessed(one(engine, policy=NONE))

    assert (found.year_before.value, found.change) == (0, "longer")


def test_only_the_months_of_the_window_count_as_demand(tmp_path: Path) -> None:
    days = ["2016-09-30", "2016-10-01", "2016-12-31"]
    engine = released(tmp_path, [referral("00M-D01", day, "2016-12-31") for day in days])

    assert assessed(one(engine, policy=NONE)).joined.value == 2
    assert assessed(one(engine, policy=NONE, months=1)).joined.value == 1


def test_a_step_asked_for_after_the_discharge_joins_and_leaves_at_once(tmp_path: Path) -> None:
    row = referral(
        "00M-D01",
        "2016-10-01",
        "2016-12-31",
        assessed="2016-10-10",
        discharged="2016-10-20",
        imaging_requested="2016-11-05",
    )
    engine = released(tmp_path, [row, referral("00M-D01", "2016-12-01", "2016-12-31")])
    (imaging,) = [queue for queue in one(engine, policy=NONE, months=2).steps if queue.step == "imaging"]

    assert (imaging.joined.value, imaging.left.value, imaging.waiting.value) == (1, 1, 0)


def test_small_counts_are_hidden_and_nothing_is_worked_out_of_them(tmp_path: Path) -> None:
    engine = released(tmp_path, [referral("00M-D01", "2016-12-01", "2016-12-31") for _ in range(7)])
    found = assessed(one(engine, policy=HES_2018))

    assert (found.joined.status, found.waiting.status, found.arithmetic) == ("suppressed", "suppressed", None)


def test_what_is_worked_out_follows_from_the_rounded_counts(tmp_path: Path) -> None:
    # 12 joined and 12 wait: 10 each. October to December are 92 days.
    engine = released(tmp_path, [referral("00M-D01", "2016-12-01", "2016-12-31") for _ in range(12)])
    found = assessed(one(engine, policy=HES_2018)).arithmetic
    assert found

    assert found.demand == pytest.approx(10 / (92 / 7))


def test_nothing_received_gives_nothing(tmp_path: Path) -> None:
    assert queues(hold(tmp_path, {}), Selection(), NONE) == []


def test_every_target_is_one_of_a_measure_in_days() -> None:
    assert targets()["assessed"].value == 42
    assert set(targets()) <= set(STEPS)


def test_steps_come_in_pathway_order(tmp_path: Path) -> None:
    asked = {"core_therapy_requested": "2016-10-03", "cppp_requested": "2016-10-03"}
    rows = [*made_up(4, 40), referral("00M-D01", "2016-09-01", str(EXTRACT), **asked)]
    steps = [queue.step for queue in one(released(tmp_path, rows), policy=NONE).steps]

    assert steps == ["assessed", "imaging", "core_therapy", "cppp"]
