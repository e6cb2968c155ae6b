"""The worst step of a CCG: the queue that surely grows, or that is under the most pressure from its own target."""

from collections.abc import Sequence

from metrics.explanation import STEP_WORDS
from metrics.profile.messages import Message
from metrics.queues import Queues, StepQueue

RULE = (
    "The worst step is the queue that is under the most pressure: twice the mean wait of those on it over the target. "
    "A queue that surely grows (the 95% interval of its load lies above 1) comes before one that may not. "
    "A step that neither grows nor is under pressure above 1 is not called bad, and a hidden one cannot be judged."
)


def worst_step(queues: Queues) -> StepQueue | None:
    """The worst of the steps that can be judged; None where none stands out."""
    bad = [queue for queue in queues.steps if grows(queue) or pressure(queue) > 1]
    return max(bad, key=lambda queue: (grows(queue), pressure(queue)), default=None)


def grows(queue: StepQueue) -> bool:
    """Whether more joined than were seen, beyond chance."""
    lower = queue.arithmetic.load.lower if queue.arithmetic else None
    return lower is not None and lower > 1


def pressure(queue: StepQueue) -> float:
    """Twice the mean wait over the target; 0 where that cannot be worked out."""
    return (queue.arithmetic and queue.arithmetic.pressure) or 0.0


def hidden_steps(queues: Queues) -> Sequence[str]:
    """Steps whose queue is too small to be judged."""
    return [STEP_WORDS[queue.step] for queue in queues.steps if queue.arithmetic is None]


def step_message(queues: Queues | None) -> Message:
    """What the worst step is and why; or why none can be named."""
    if queues is None:
        return Message("Its worst step cannot be told.", "No waiting list was received.")
    hidden = hidden_steps(queues)
    untold = f"Too few people to judge: {', '.join(hidden)}." if hidden else ""
    found = worst_step(queues)
    if found is None:
        return Message(
            "No step stands out: no queue surely grows, and no mean wait is too long for its target.", untold
        )
    lead = f"Its worst step is {STEP_WORDS[found.step]}: {_reason(found)}."
    return Message(lead, " ".join(filter(None, [_counted(found, queues), _wait(found), untold])))


def _reason(queue: StepQueue) -> str:
    weeks = f"those on it have waited {queue.mean_wait.value:.1f} weeks so far" if queue.mean_wait.value else ""
    parts = ["its queue grows" if grows(queue) else "", weeks]
    return ", and ".join(filter(None, parts))


def _counted(queue: StepQueue, queues: Queues) -> str:
    assert queue.arithmetic
    load, window = queue.arithmetic.load, queues.window
    counted = f"From {window.first:%B %Y} to {window.last:%B %Y} {queue.joined.value:,.0f} people joined its queue"
    counted += f" and {queue.seen.value:,.0f} were seen"
    if load.value is None:
        return f"{counted}."
    return f"{counted}: a load of {load.value:.2f} (95% from {load.lower:.2f} to {load.upper:.2f})."


def _wait(queue: StepQueue) -> str:
    if queue.mean_wait.value is None or queue.target is None:
        return ""
    target = f"the target of {queue.target.value:.0f} days{'' if queue.target.verified else ' (unverified)'}"
    return f"At that mean wait {target} {'will most likely be missed' if pressure(queue) > 1 else 'can be met'}."
