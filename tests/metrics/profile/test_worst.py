from datetime import date

from metrics.areas import Area
from metrics.disclosure import Shown
from metrics.measure import Target
from metrics.profile.worst import step_message, worst_step
from metrics.queue_arithmetic import Counted, arithmetic
from metrics.queue_window import Window
from metrics.queues import Queues, StepQueue

WINDOW = Window(date(2018, 1, 1), date(2018, 3, 1), "")
HIDDEN = Shown("suppressed")


def queue(step: str, joined: float, seen: float, mean_wait: float, target: float | None = 42) -> StepQueue:
    """A queue of 100 people; its mean wait in weeks, its target in days."""
    people = [Shown("ok", number) for number in (100, mean_wait, 100, joined, seen, 0)]
    waiting, mean, before, joining, having, left = people
    aim = Target(value=target, source="a test", verified=False) if target else None
    counted = Counted(joined, seen, 0, 100, mean_wait, WINDOW.weeks)
    worked_out = arithmetic(counted, target / 7 if target else None)
    return StepQueue(step, waiting, mean, before, "no_sign", joining, having, left, aim, worked_out)


def hidden(step: str) -> StepQueue:
    return StepQueue(step, HIDDEN, HIDDEN, HIDDEN, "cannot_be_told", HIDDEN, HIDDEN, HIDDEN, None, None)


def queues(*steps: StepQueue) -> Queues:
    return Queues(Area("00C", "Darlington", "following"), WINDOW, steps, "", 1, True)


# a target of 42 days is 6 weeks: a mean wait of 3 weeks is a pressure of 1
QUIET = queue("imaging", 100, 100, 2.0)
SLOW = queue("core_therapy", 100, 100, 5.0)
GROWING = queue("assessed", 200, 100, 2.0)


def test_a_queue_that_grows_comes_before_one_that_is_only_slow() -> None:
    assert worst_step(queues(SLOW, GROWING, QUIET)) is GROWING


def test_of_those_that_grow_the_one_under_more_pressure() -> None:
    slower = queue("surgical_opinion", 200, 100, 4.0)
    assert worst_step(queues(GROWING, slower)) is slower


def test_a_queue_without_a_target_is_bad_only_when_it_grows() -> None:
    assert worst_step(queues(queue("imaging", 100, 100, 30.0, target=None))) is None
    growing = queue("imaging", 200, 100, 30.0, target=None)
    assert worst_step(queues(QUIET, growing)) is growing


def test_at_a_pressure_of_one_no_step_is_called_bad() -> None:
    assert worst_step(queues(queue("assessed", 100, 100, 3.0), hidden("surgery"))) is None


def test_the_message_says_which_and_why() -> None:
    said = step_message(queues(GROWING, hidden("surgery")))
    assert said.lead == (
        "Its worst step is first Triage and Treat contact: its queue grows, "
        "and those on it have waited 2.0 weeks so far."
    )
    # Clopper and Pearson's limits of 200 in 300 are 0.610 and 0.720: 0.610 / 0.390 and 0.720 / 0.280
    assert said.rest == (
        "From January 2018 to March 2018 200 people joined its queue and 100 were seen: a load of 2.00 "
        "(95% from 1.57 to 2.57). At that mean wait the target of 42 days (unverified) can be met. "
        "Too few people to judge: surgery."
    )


def test_the_message_says_when_nothing_stands_out_and_when_nothing_came() -> None:
    assert step_message(queues(QUIET)).words == (
        "No step stands out: no queue surely grows, and no mean wait is too long for its target."
    )
    assert step_message(None).words == "Its worst step cannot be told. No waiting list was received."
