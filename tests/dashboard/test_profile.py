"""The profile of a CCG: its messages, small charts, queues, silent practices and what it sent."""

import base64
import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import received, small_multiples, sparklines
from dashboard.profile import quarters_table, track_table
from metrics.catalogue import load
from metrics.engines import Engine
from metrics.figures import figures
from metrics.periods import begins
from metrics.profile import Profile, profile, silent_practices
from metrics.profile.tracks import Track, number_of, track
from metrics.selection import Selection
from metrics.spc.chart import xmr
from metrics.verdict import variation
from tests.dashboard.page import html, opened
from tests.metrics.profile.rows import series
from tests.metrics.warehouses import publish

WAIT = load()["wait_assessment"]
APRIL = number_of(date(2015, 4, 1))


def made(*values: float | None) -> Track:
    """Darlington's wait by quarter from April 2015, with early implementers at 40 and 50 days throughout."""
    early = [*series("00M", [40.0] * len(values)), *series("03D", [50.0] * len(values))]
    found = track(WAIT, [*early, *series("00C", values)], "00C")
    assert found
    return found


def drawn(address: str) -> str:
    return base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()


def test_quarters_are_called_by_the_financial_year() -> None:
    assert [small_multiples.quarter_name(number_of(date(2015, month, 1))) for month in (3, 4, 12)] == [
        "2014/15 Q4",
        "2015/16 Q1",
        "2015/16 Q3",
    ]
    assert [small_multiples.since_name(at) for at in (-2, 0, 1)] == [
        "2 quarters before go-live",
        "the quarter of go-live",
        "1 quarter after go-live",
    ]


def test_a_small_chart_runs_from_nought_to_the_highest_of_line_and_band() -> None:
    # 240 wide and 76 high with an edge of 6: 60 at the top (6), 0 at the bottom (70), 30 halfway (38)
    svg = drawn(sparklines.sparkline(made(60, 30), (APRIL, APRIL + 1), None))
    assert '<polyline points="6.0,6.0 234.0,38.0"' in svg
    assert 'd="M6.0 70.0H234.0"' in svg


def test_a_gap_parts_the_line_and_go_live_is_dotted() -> None:
    svg = drawn(sparklines.sparkline(made(60, 50, None, 40, 40), (APRIL, APRIL + 4), APRIL + 2))
    assert svg.count("<polyline") == 2
    assert 'd="M120.0 70.0V6.0"' in svg


def test_a_follower_ends_in_an_open_diamond_and_an_early_implementer_in_a_circle() -> None:
    assert 'Z" fill="#FFFFFF" stroke="#F46A25"' in drawn(sparklines.sparkline(made(60), (APRIL, APRIL + 1), None))
    early = track(WAIT, series("00M", [60]), "00M")
    assert early
    assert '<circle cx="6.0" cy="6.0" r="4.5" fill="#12436D"/>' in drawn(
        sparklines.sparkline(early, (APRIL, APRIL + 1), None)
    )


def test_the_alternative_says_value_direction_and_the_early_implementers() -> None:
    assert small_multiples.alt_text(made(60, 30), since=False) == (
        "Small line chart. Wait for assessment: 30 days, 2015/16 Q2, too few points; early then 40 to 50."
    )


def test_a_measure_without_a_value_says_why_and_has_no_chart() -> None:
    html = small_multiples.family_html("Waiting", [made(None, None)], False, None, {}, {})
    assert "hidden (small number)" in html
    assert "no value in any quarter" in html
    assert "<img" not in html


def test_what_is_below_nought_is_drawn_and_said() -> None:
    found = track(load()["odi_change"], series("00C", [-8.0, -4.0]), "00C")
    assert found
    assert sparklines.limits(found) == (-8.0, 0.0)
    assert small_multiples.scale_words(found) == "chart from \N{MINUS SIGN}8.0 to 0.0"


def test_tables_hold_a_word_where_there_is_no_value() -> None:
    table = quarters_table([made(60, None)])
    assert table[["Quarter", "Value", "Note"]].to_numpy().tolist()[0] == ["2015/16 Q1", 60, ""]
    assert table["Note"].tolist() == ["", "hidden (small number)"]
    assert table["Early from"].tolist() == [40, 40]
    assert track_table([made(None)], since=False)["Newest value"].tolist() == ["hidden (small number)"]


def test_what_was_received_tells_own_from_others_and_from_nobody() -> None:
    april, may = date(2015, 4, 1), date(2015, 5, 1)
    nobody: dict[str, set[date]] = {"00C": set(), "00M": set()}
    arrived = {"referral": {"00C": {april}, "00M": {april, may}}, "note": nobody}
    html = received.received_html(arrived, "00C", "Darlington")
    assert ">■□··········<" in html
    assert "1 of 2 months, not May 2015" in html
    assert "Dated notes" not in html
    assert "Nothing that comes month by month" in received.received_html({}, "00C", "Darlington")


# ---- The page


def _profile(engine: Engine, ccg: str) -> Profile:
    return profile(engine, ccg, load(), lambda key, selection: figures(load()[key], selection, engine))


def test_the_page_says_what_metrics_says_of_the_ccg(app: AppTest, demo: Engine) -> None:
    found = _profile(demo, "00C")
    app = opened(app, "profile", ccg="00C")
    assert app.subheader[0].value == "Darlington: a following CCG, live since December 2015"
    page = html(app)
    assert all(f"<strong>{message.lead}</strong>" in page for message in found.messages)
    wait = next(one for one in found.tracks if one.measure.key == "wait_assessment")
    assert f"<strong>{wait.last.figure.value:.0f} days</strong>" in page
    rows = [row for row in figures(WAIT, Selection(per="quarter"), demo) if row.area == "00C"]
    assert wait.direction == variation(xmr([(begins(row.period), row.value) for row in rows]), WAIT)
    assert wait.last.figure == [row for row in rows if row.value is not None][-1]


def test_every_measure_with_a_value_has_a_chart_whose_alternative_says_it(app: AppTest, demo: Engine) -> None:
    alternatives = re.findall(r'alt="(Small line chart\. [^"]+)"', html(opened(app, "profile", ccg="00C")))
    valued = [one for one in _profile(demo, "00C").tracks if one.last.figure.value is not None]
    assert [text.split(": ")[0].removeprefix("Small line chart. ") for text in alternatives] == [
        one.measure.name for one in sorted(valued, key=_place)
    ]


def _place(one: Track) -> int:
    families = ["adoption", "waiting", "conversion", "fidelity", "activity", "outcome"]
    return families.index(one.measure.family)


def test_the_axes_are_said_once_in_words(app: AppTest) -> None:
    page = html(opened(app, "profile", ccg="00C", time="Months since go-live"))
    assert page.count("Across: quarters since each CCG's own go-live; the dotted line") == 1


@pytest.mark.parametrize(("asked", "name"), [("00P", "Sunderland"), ("Sunderland", "Sunderland"), ("99X", "Cumbria")])
def test_a_link_names_the_ccg_by_code_or_name_and_nonsense_falls_back_to_the_first(
    app: AppTest, asked: str, name: str
) -> None:
    assert opened(app, "profile", ccg=asked).subheader[0].value.startswith(f"{name}: ")


def test_a_ccg_that_is_not_live_is_shown_by_the_calendar_alone(app: AppTest) -> None:
    app = opened(app, "profile", ccg="00J", time="Months since go-live")
    assert app.subheader[0].value == "North Durham: a following CCG, not yet live"
    assert "Not yet live: go-live planned for 05 Feb 2018, forecast for 04 Jun 2018." in html(app)
    assert "Across: calendar quarters. Up" in html(app)
    assert any("not yet live, so these run by the calendar" in text.value for text in app.markdown)


def test_a_ccg_of_which_nothing_came_says_so(app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = {"date": date(2016, 4, 1), "text": "A note.", "source": "A test.", "month": date(2016, 4, 1)}
    publish(tmp_path, ({"note": [note]}, False)).close()
    monkeypatch.setenv("WAREHOUSE", str(tmp_path))
    app = opened(app, "profile", ccg="00C")
    assert [text.value for text in app.subheader] == [
        "Darlington: a following CCG, not known to be live",
        "Silent practices",
        "What has been received",
    ]
    assert "Nothing can be said of better or worse." in html(app)
    assert "Nothing that comes month by month has been received." in html(app)
    assert not app.table


def test_the_worst_step_is_marked_in_the_table_of_queues(app: AppTest) -> None:
    table = opened(app, "profile", ccg="00C").table[0].value
    assert [step for step in table.Step if "(worst)" in step] == ["First Triage and Treat contact (worst)"]
    assert (table == "hidden").any(axis=None)  # small queues stay hidden


def test_silent_practices_are_counted_for_all_and_named_for_those_allowed(
    app: AppTest, demo: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    practices = _profile(demo, "99C").practices
    assert practices
    silent = silent_practices(practices)
    counted = opened(app, "profile", ccg="99C")
    assert any(text.value.startswith(f"{len(silent)} of 29 practices are trained") for text in counted.markdown)
    assert len(counted.table) == 1  # that of the queues
    assert not any(practice.name in html(counted) or practice.code in html(counted) for practice in silent)

    monkeypatch.setenv("NAMED_PRACTICES", "allowed")
    named = counted.run().table[1].value
    assert named["Practice"].tolist() == [f"{practice.name} ({practice.code})" for practice in silent]


def test_the_table_has_every_measure(app: AppTest, demo: Engine) -> None:
    table = opened(app, "profile", ccg="00C", profile_view="Table").dataframe[0].value
    assert len(table) == len(_profile(demo, "00C").tracks)
    assert (table["Newest value"] != "").all()
