"""The counts of each kind of measure in SQL written by hand, as an analyst would over the same Parquet files."""

from collections.abc import Mapping
from functools import singledispatch

from loaders.places import predecessors
from metrics.areas import ccgs
from metrics.kinds import (
    Change,
    Conversion,
    How,
    Milestones,
    Practices,
    Proportion,
    Rate,
    Rtt,
    Wait,
    WaitingList,
)


def _listed(values: object) -> str:
    return ", ".join(f"'{value}'" for value in values) if isinstance(values, (list, tuple, dict)) else f"'{values}'"


OURS = f"synthetic and ccg in ({_listed(list(ccgs()))})"
"""Rows of the programme's CCGs, in tables that hold their codes of 2015."""

PUBLISHED = f"synthetic and ccg in ({_listed([*ccgs(), *predecessors()])})"
OF_2015 = f"case when ccg in ({_listed(list(predecessors()))}) then '13T' else ccg end"
"""The same for tables as published, in which the three predecessors of 13T stand too."""


def _and(where: Mapping[str, object]) -> str:
    return "".join(f" and {column} in ({_listed(value)})" for column, value in where.items())


@singledispatch
def by_hand(how: How) -> str:
    """The statement: ccg, month and counts for every CCG and month."""
    raise TypeError(f"Nobody has written {type(how).__name__} by hand.")


@by_hand.register
def _(how: Proportion) -> str:
    return f"""
        select ccg, month,
            sum({" + ".join(how.numerator)})::double as numerator,
            sum({" + ".join(how.denominator)})::double as denominator
        from {how.table}
        where {OURS} {_and(how.where)}
        group by all
    """


@by_hand.register
def _(how: Rate) -> str:
    number = "count(*)" if how.count == "rows" else f"sum({how.count})"
    adults = " and age_band not in ('0-4', '5-14', '5-9', '10-14')" if how.ages == "15_and_over" else ""
    return f"""
        select {OF_2015} as ccg, month, 'events' as part, {number}::double as number
        from {how.table}
        where {PUBLISHED} {_and(how.where)}
        group by all
        union all
        select {OF_2015} as ccg, month, 'list' as part, sum(patients) as number
        from list_size
        where {PUBLISHED} and membership = '{how.membership}' {adults}
        group by all
    """


@by_hand.register
def _(how: Wait) -> str:
    step = how.step
    return f"""
        select ccg, date_trunc('month', {step}_requested)::date as month,
            coalesce(wait_{step}, unmet_{step}) as days, wait_{step} is not null as reached, count(*) as people
        from referral
        where {OURS} and {step}_requested is not null and days is not null
        group by all
    """


@by_hand.register
def _(how: Conversion) -> str:
    origin = "cppp_requested" if how.origin == "cppp" else how.origin
    start = "0" if how.origin == "received" else f"days_to_{origin}"
    reached = " or ".join(f"days_to_{step} - {start} between 0 and {how.horizon}" for step in how.reach)
    outcome = f" and outcome = '{how.outcome}'" if how.outcome else ""
    followed = f"followed - {start} >= {how.horizon}"
    return f"""
        select ccg, date_trunc('month', {origin})::date as month, count(*) as people,
            count(*) filter ({followed}) as followed,
            count(*) filter ({followed} and ({reached}){outcome}) as converted
        from referral
        where {OURS} and {origin} is not null
        group by all
    """


@by_hand.register
def _(how: Rtt) -> str:
    return f"""
        with rules as (
            select month, max(open_band) as open_band, max(median_rule) as median_rule
            from rtt_published
            where part = '{how.part}' and synthetic
            group by month
        )
        select {OF_2015} as ccg, month, week, open_band, median_rule, sum(patients)::double as people
        from rtt_wait join rules using (month)
        where {PUBLISHED} and part = '{how.part}' and function = '{how.function}'
        group by all
    """


@by_hand.register
def _(how: WaitingList) -> str:
    return f"""
        select ccg, month, sum(patients)::double as number
        from waiting
        where {OURS} and step = '{how.step}' and week >= {how.over_weeks or 0}
        group by all
    """


@by_hand.register
def _(how: Change) -> str:
    least = f"{'' if how.rising_is_better else '-'}change >= {how.mcid}" if how.mcid else "false"
    return f"""
        select ccg, month,
            count(*) filter (time_point = 'baseline') as baselines,
            count(*) filter (time_point = 'baseline' and followed >= {how.horizon or 0}) as due,
            count(change) filter (time_point = '{how.time_point}') as pairs,
            coalesce(sum(change) filter (time_point = '{how.time_point}'), 0) as total,
            coalesce(sum(change * change) filter (time_point = '{how.time_point}'), 0) as squares,
            count(*) filter (time_point = '{how.time_point}' and {least}) as improved
        from outcome_score
        where {OURS} and instrument = '{how.instrument}'
        group by all
    """


@by_hand.register
def _(how: Practices) -> str:
    return f"""
        select practice as place, ccg, month, 'events' as part, count(*)::double as number
        from referral
        where {OURS} and route = 'triage_and_treat'
        group by all
        union all
        select practice as place, {OF_2015} as ccg, month, 'list' as part, sum(patients) as number
        from list_size
        where {PUBLISHED} and membership = 'of_the_time' and practice is not null
        group by all
    """


@by_hand.register
def _(how: Milestones) -> str:
    return f"""
        select ccg, component, planned, actual, as_at
        from milestone
        where {OURS} and practice is null {_and({"component": how.component} if how.component else {})}
    """
