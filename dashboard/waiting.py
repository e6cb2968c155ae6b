"""Charts and words of queues: who joined, was seen and waits for every step of one area."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.card import Card
from dashboard.identity import BLUE, GRID, INK, TEMPLATE, TEXT_SIZE
from loaders.register import Release
from metrics.disclosure import Shown, policy_in_force
from metrics.explanation import STEP_WORDS
from metrics.figure import Figure, latest
from metrics.measure import Measure, Target
from metrics.periods import month_after
from metrics.queue_arithmetic import RELIEF_WEEKS, Arithmetic
from metrics.queues import Queues, StepQueue

CHANGES = {
    "shorter": "shorter",
    "longer": "longer",
    "no_sign": "no sign of a change",
    "cannot_be_told": "cannot be told",
}

LABEL_WIDTH = 16
"""Letters in a line of a step's name, so that the bars keep their room on a phone."""

ROOM = 1.3
"""The longest bar times this is the width of the chart, so that its number has room on a phone."""

HALF_A_BAR = 0.2
"""From the middle of a pair to the middle of a bar, where steps are 1 apart."""

ABOUT = f"""
- **Joined:** people asked for the step in these months. **Seen:** people who had it. **Left unseen:** people
  discharged first. Seen is what was done, which may be less than could have been.
- **Waiting:** people asked for the step, not yet seen and not discharged at the month end. **Mean wait:** of those on
  the list, so far, each taken to have waited to the middle of the week they are in.
- **Load:** how many joined for each one seen, with the exact 95% interval of a ratio of two counts. Above 1 the list
  grows without end; where the interval holds 1, which way it goes cannot be told.
- **Shorter or longer:** than a year before, by the exact test of two counts at 5%.
- **Needed a week:** how many would have to be seen each week to bring the list down within {RELIEF_WEEKS} weeks, where
  it is more than twice as long as the target allows. **Weeks to target:** at the pace of these months.
- **Target:** a target marked unverified is a candidate to be agreed: no published document gives it.
- **Formulas:** Fong and others, Understanding Waiting Lists Pressures, medRxiv 2022.08.23.22279117. They suppose that
  demand and capacity go on as they are.
"""


def queue_chart(queues: Queues) -> go.Figure:
    """A pair of bars for each step: people on its list a year before and now; hidden ones have a word and no bar."""
    chart = go.Figure(layout={"template": TEMPLATE, "height": 90 + 62 * len(queues.steps), "barmode": "group"})
    steps = [words.folded(_step_name(queue), LABEL_WIDTH) for queue in queues.steps]
    last = queues.window.last
    before = words.month_name(f"{month_after(last, -12):%Y-%m}")
    _bars(chart, steps, [queue.year_before for queue in queues.steps], before, GRID, -HALF_A_BAR)
    _bars(chart, steps, [queue.waiting for queue in queues.steps], words.month_name(f"{last:%Y-%m}"), BLUE, HALF_A_BAR)
    longest = max(
        (shown.value or 0 for queue in queues.steps for shown in (queue.waiting, queue.year_before)), default=0
    )
    chart.update_xaxes(title_text="People waiting", range=[0, ROOM * max(longest, 1)])
    chart.update_yaxes(autorange="reversed")  # the first step on top
    chart.update_layout(hovermode="closest")
    return chart


def _bars(chart: go.Figure, steps: list[str], people: list[Shown], name: str, colour: str, at: float) -> None:
    chart.add_bar(
        y=steps,
        x=[shown.value for shown in people],
        orientation="h",
        name=name,
        marker={"color": colour, "line": {"color": INK, "width": 1}},
        text=[count_words(shown) for shown in people],
        textposition="outside",
        textfont={"size": TEXT_SIZE, "color": INK},
        cliponaxis=False,
        hovertemplate="%{y}: %{text} waiting",
    )
    for row, shown in enumerate(people):
        if shown.value is None:  # no bar, so its word has to be put there
            chart.add_annotation(x=0, y=row + at, text=count_words(shown), xanchor="left", showarrow=False)


def _step_name(queue: StepQueue) -> str:
    name = STEP_WORDS[queue.step]
    return name[0].upper() + name[1:]


def count_words(shown: Shown) -> str:
    """A count, or why there is none."""
    return words.SHORT_STATUS[shown.status] if shown.value is None else f"{shown.value:,.0f}"


def card(queues: Queues, source: str, release: Release) -> Card:
    """The queue for every step."""
    return Card(
        key="queues",
        headline=queues.sentence.rstrip("."),
        subtitle=subtitle(queues),
        chart=queue_chart(queues),
        alt=alt_text(queues),
        table=queue_table(queues),
        about=about(),
        stamp=stamp(queues, source, release),
    )


def subtitle(queues: Queues) -> str:
    """The area and months, and whose lists are missing."""
    first, last = (words.month_name(f"{month:%Y-%m}") for month in (queues.window.first, queues.window.last))
    said = f"{queues.area.name}: the list for each step at the end of {last} and a year before; the table has who "
    return f"{said}joined, was seen and left from {first} to {last}. {queues.window.note}".strip()


def alt_text(queues: Queues) -> str:
    """The finding of the bars for those who hear the page."""
    return f"Bar chart. {queues.sentence} {subtitle(queues)} The table beside it has every value."


def queue_table(queues: Queues) -> pd.DataFrame:
    """A row for each step in pathway order, in text."""
    return pd.DataFrame([_row(queue) for queue in queues.steps])


def _row(queue: StepQueue) -> dict[str, str]:
    return {
        "Step": _step_name(queue),
        "Joined": count_words(queue.joined),
        "Seen": count_words(queue.seen),
        "Left unseen": count_words(queue.left),
        "Waiting": count_words(queue.waiting),
        "A year before": count_words(queue.year_before),
        "Change of the list": CHANGES[queue.change],
        "Mean wait so far, weeks": _mean(queue.mean_wait),
        "Load (95% interval)": _load(queue),
        "Seen a week": _capacity(queue),
        "Needed a week": _against_target(queue, _relief),
        "Weeks to target": _against_target(queue, _weeks),
        "Target": target_words(queue.target),
    }


def _mean(shown: Shown) -> str:
    return words.SHORT_STATUS[shown.status] if shown.value is None else f"{shown.value:.1f}"


def _load(queue: StepQueue) -> str:
    if queue.arithmetic is None:
        return words.SHORT_STATUS["suppressed"]
    load = queue.arithmetic.load
    if load.value is None:
        return "nobody was seen"
    return f"{load.value:.2f} ({load.lower:.2f} to {load.upper:.2f})"


def _capacity(queue: StepQueue) -> str:
    return words.SHORT_STATUS["suppressed"] if queue.arithmetic is None else f"{queue.arithmetic.capacity:.1f}"


def _against_target(queue: StepQueue, said: Callable[[Arithmetic], str]) -> str:
    if queue.target is None:
        return "no target"
    return words.SHORT_STATUS["suppressed"] if queue.arithmetic is None else said(queue.arithmetic)


def _relief(arithmetic: Arithmetic) -> str:
    needed = arithmetic.relief_capacity
    return "no relief needed" if needed is None else f"{needed:.1f}"


def _weeks(arithmetic: Arithmetic) -> str:
    weeks = arithmetic.weeks_to_target
    if weeks is None:
        return "never at this pace"
    return f"{weeks:.0f}" if weeks else "there"


def target_words(target: Target | None) -> str:
    """The target of a wait in days, and whether a source gives it."""
    if target is None:
        return "none"
    return f"{target.value:.0f} days, {'verified' if target.verified else 'unverified'}"


def about() -> str:
    """What every column means, as Markdown."""
    return f"{ABOUT}- **Small numbers:** {policy_in_force().words}\n"


def stamp(queues: Queues, source: str, release: Release) -> str:
    """Source, freshness and standing of the queues."""
    to = f"Data to {words.month_name(f'{queues.window.last:%Y-%m}')}"
    return words.source_line(queues.synthetic, release, "referral", source, to)


def step_table(rows: Mapping[Measure, Sequence[Figure]]) -> pd.DataFrame:
    """A row for each CCG, a column for each step: the newest value with its year, or why there is none."""
    newest = {measure: latest(figures) for measure, figures in rows.items()}
    names = dict.fromkeys(figure.area_name for figures in rows.values() for figure in figures)
    by_name = {m: {figure.area_name: figure for figure in found.values()} for m, found in newest.items()}
    return pd.DataFrame(
        [{"CCG": name, **{m.name: _step_cell(m, found.get(name)) for m, found in by_name.items()}} for name in names]
    )


def _step_cell(measure: Measure, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return words.SHORT_STATUS[figure.status if figure else "not_received"]
    return f"{words.shown(measure, figure)} ({figure.period})"
