"""Each kind of measure as loops over rows; see plain.py."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from metrics.kinds import (
    Change,
    Conversion,
    Count,
    How,
    Milestones,
    Practices,
    Proportion,
    Rate,
    Rtt,
    Wait,
    WaitingList,
)
from tests.metrics.plain_rows import Return, ccg_of, first_of, month_at, number_of, within
from tests.metrics.warehouses import Row, Rows


@dataclass(frozen=True)
class Answer:
    status: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None


NOBODY = Answer("no_data")
SHARE = 100


def answer(how: How, rows: Rows, returns: set[Return], arrived: set[Return]) -> Answer:
    kinds: dict[type, Callable[..., Answer]] = {
        Proportion: _proportion,
        Count: _count,
        Rate: _rate,
        Wait: _wait,
        Conversion: _conversion,
        Rtt: _rtt,
        WaitingList: _waiting_list,
        Change: _change,
        Milestones: _milestones,
    }
    if isinstance(how, Practices):
        return _practices(how, rows, returns, arrived)
    return kinds[type(how)](how, rows, returns)


def _share(part: float, whole: float) -> Answer:
    return Answer("ok", part, whole, SHARE * part / whole) if whole else NOBODY


def _proportion(how: Proportion, rows: Rows, returns: set[Return]) -> Answer:
    part = whole = 0.0
    for row in within(rows[how.table], returns, how.where):
        part += sum(row[column] for column in how.numerator)
        whole += sum(row[column] for column in how.denominator)
    return _share(part, whole)


def _events(how: Count | Rate, rows: Rows, returns: set[Return]) -> float:
    month = "received" if how.table == "referral" else "month"
    found = within(rows[how.table], returns, how.where, month)
    return float(len(found)) if how.count == "rows" else float(sum(row[how.count] for row in found))


def _count(how: Count, rows: Rows, returns: set[Return]) -> Answer:
    number = _events(how, rows, returns)
    return Answer("ok", number, None, number)


def _rate(how: Rate, rows: Rows, returns: set[Return]) -> Answer:
    lists = [row for row in rows["list_size"] if row["membership"] == how.membership]
    if how.ages == "15_and_over":
        lists = [row for row in lists if row["age_band"] not in (None, "0-4", "5-14", "5-9", "10-14")]
    population = 0.0
    for ccg, at in returns:
        own = [row for row in lists if ccg_of(row) == ccg and number_of(at) - number_of(row["month"]) >= 0]
        newest = max((row["month"] for row in own), default=None)
        if newest is None or number_of(at) - number_of(newest) >= 12:
            return NOBODY
        population += sum(row["patients"] for row in own if row["month"] == newest)
    events = _events(how, rows, returns)
    return Answer("ok", events, population, how.per * events / population)


def _wait(how: Wait, rows: Rows, returns: set[Return]) -> Answer:
    asked = "received" if how.step == "assessed" else f"{how.step}_requested"
    people = []
    for row in within(rows["referral"], returns, how.where, asked):
        reached = row.get(how.step)
        end = reached or row.get("discharged") or row["extracted"]
        people.append((max((end - row[asked]).days, 0), reached is not None))
    if not people:
        return NOBODY
    reached = sum(done for _, done in people)
    median = _kaplan_meier_median(people)
    return Answer("no_data" if median is None else "ok", float(reached), float(len(people)), median)


def _kaplan_meier_median(people: list[tuple[int, bool]]) -> float | None:
    """The day on which half have reached the step; the middle of the stretch where exactly half have."""
    staying, half_since = 1.0, None
    for day in sorted({days for days, done in people if done}):
        at_risk = sum(days >= day for days, _ in people)
        staying *= 1 - sum(days == day and done for days, done in people) / at_risk
        if staying < 0.5 - 1e-8:
            return float(day) if half_since is None else (half_since + day) / 2
        if abs(staying - 0.5) <= 1e-8 and half_since is None:
            half_since = day
    return half_since


def _conversion(how: Conversion, rows: Rows, returns: set[Return]) -> Answer:
    origin = "cppp_requested" if how.origin == "cppp" else how.origin
    people = converted = 0
    for row in within(rows["referral"], returns, how.where, origin):
        if (row["extracted"] - row[origin]).days < how.horizon:
            return Answer("immature")
        people += 1
        days = [(row[step] - row[origin]).days for step in how.reach if row.get(step)]
        in_time = any(0 <= n <= how.horizon for n in days)
        converted += in_time and how.outcome in (None, row.get("outcome"))
    return _share(float(converted), float(people))


def _rtt(how: Rtt, rows: Rows, returns: set[Return]) -> Answer:
    own = within(rows["rtt_wait"], returns, {"part": (how.part,), "function": (how.function,)})
    patients = sorted(row["week"] for row in own for _ in range(row["patients"]))
    if how.statistic == "within_18_weeks":
        return _share(float(sum(week < 18 for week in patients)), float(len(patients)))
    if len(patients) < 50:
        return NOBODY
    months = {row["month"] for row in own}
    (rule,) = {row["median_rule"] for row in rows["rtt_published"] if row["month"] in months}
    rank = len(patients) * (0.5 if how.statistic == "median" else 0.95)
    if how.statistic == "median" and rule == "n+1":
        rank += 0.5
    week = next(week for at, week in enumerate(patients, start=1) if at >= rank)
    value = week + (rank - sum(w < week for w in patients)) / patients.count(week)
    return Answer("ok", float(len(patients)), None, value)


def _waiting_list(how: WaitingList, rows: Rows, returns: set[Return]) -> Answer:
    people = within(rows["waiting"], returns, {"step": (how.step,)})
    number = float(sum(row["patients"] for row in people if row["week"] >= (how.over_weeks or 0)))
    return Answer("ok", number, None, number)


def _change(how: Change, rows: Rows, returns: set[Return]) -> Answer:
    forms = within(rows["outcome_score"], returns, {"instrument": (how.instrument,)})
    baselines = [form for form in forms if form["time_point"] == "baseline"]
    changes = [form["change"] for form in forms if form["time_point"] == how.time_point and form["change"] is not None]
    if how.statistic == "returned":
        if any(form["followed"] < (how.horizon or 0) for form in baselines):
            return Answer("immature")
        return _share(float(len(changes)), float(len(baselines)))
    if how.statistic == "improved":
        assert how.mcid
        better = sum((c if how.rising_is_better else -c) >= how.mcid for c in changes)
        return _share(float(better), float(len(changes)))
    number = float(len(changes))
    if not forms:
        return NOBODY
    return Answer("ok", number, None, sum(changes) / number) if changes else Answer("no_data", 0.0)


def _milestones(how: Milestones, rows: Rows, returns: set[Return]) -> Answer:
    month = max(month for _, month in returns)
    own = {ccg for ccg, _ in returns}
    ledger = [row for row in rows["milestone"] if row["practice"] is None and ccg_of(row) in own]
    ledger = [row for row in ledger if how.component in (None, row["component"])]
    after = month_at(number_of(month) + 1)
    if how.statistic == "reached":
        return _share(float(sum(bool(row["actual"] and row["actual"] < after) for row in ledger)), float(len(ledger)))
    due = [row for row in ledger if row["planned"] and row["planned"] < after]
    return _share(float(sum(bool(row["actual"] and row["actual"] <= row["planned"]) for row in due)), float(len(due)))


def _practices(how: Practices, rows: Rows, returns: set[Return], arrived: set[Return]) -> Answer:
    part = whole = 0.0
    for ccg, month in returns:
        window = [month_at(number_of(month) - back) for back in range(how.months)]
        began = min(m for c, m in arrived if c == ccg)
        if how.state == "sustained" and any(m >= began and (ccg, m) not in arrived for m in window):
            continue
        for practice, patients in _open_practices(rows["list_size"], ccg, month).items():
            sent = [_sent(rows["referral"], practice, m) for m in window]
            weight = patients if how.weight == "list" else 1.0
            whole += weight
            part += weight * (any(sent) if how.state == "referring" else all(sent))
    return _share(part, whole)


def _open_practices(lists: Iterable[Row], ccg: str, month: date) -> dict[str, float]:
    """Practices with 1,000 patients or more in the newest list of a CCG that is less than a year old."""
    sizes: dict[tuple[date, str], float] = {}
    for row in lists:
        if ccg_of(row) == ccg and row["practice"] and row["membership"] == "of_the_time" and row["month"] <= month:
            sizes[row["month"], row["practice"]] = sizes.get((row["month"], row["practice"]), 0) + row["patients"]
    large = {at: patients for at, patients in sizes.items() if patients >= 1000}
    newest = max((published for published, _ in large), default=None)
    if newest is None or number_of(month) - number_of(newest) >= 12:
        return {}
    return {practice: patients for (published, practice), patients in large.items() if published == newest}


def _sent(referrals: Iterable[Row], practice: str, month: date) -> bool:
    return any(
        row["practice"] == practice and row["route"] == "triage_and_treat" and first_of(row["received"]) == month
        for row in referrals
    )
