"""The grid of CCG by measure, cell by cell."""

from dataclasses import replace

from dashboard.grid import Cell, Grid, legend
from metrics.areas import Area
from metrics.catalogue import load
from metrics.figure import Figure
from metrics.verdict import CONSISTENTLY_MISSED, NO_SPECIAL_CHANGE

WAIT = load()["wait_assessment"]
RATE = load()["referral_rate"]
DARLINGTON, TEES = Area("00C", "Darlington", "following"), Area("00M", "South Tees", "early")
FIGURE = Figure(
    *("wait_assessment", "00C", "Darlington", "following", "2017/18 Q4", 95.0, 195.0, 46.0, 39.0, 50.0),
    *("days", "ok", 1, True),
)
CELL = Cell(FIGURE, NO_SPECIAL_CHANGE, CONSISTENTLY_MISSED)


def _grid(*cells: tuple[str, Cell], kept: dict[str, str] | None = None) -> str:
    found = {(area, "wait_assessment"): cell for area, cell in cells}
    return Grid([WAIT], [DARLINGTON, TEES], found, kept or {}).html("Waiting")


def test_a_cell_has_its_value_both_marks_and_a_link() -> None:
    page = _grid(("00C", CELL))
    assert ">46</a>" in page
    assert 'alt="no special change"' in page
    assert 'alt="target consistently missed"' in page
    assert "ccgs=Darlington" in page


def test_a_ccg_is_a_link_to_its_profile() -> None:
    assert '<a href="profile?ccg=Darlington" target="_self">Darlington</a></th>' in _grid(("00C", CELL))


def test_a_ccg_that_came_later_has_no_profile_and_its_parts_are_linked_as_they_are_selected() -> None:
    valley = replace(CELL, figure=replace(FIGURE, area="16C"))
    kept = {"ccgs": ["Darlington", "South Tees"]}
    for name, link in (
        ("Tees Valley", "ccgs=Tees+Valley"),
        ("Tees Valley (2 of 3)", "ccgs=Darlington&amp;ccgs=South+Tees"),
    ):
        page = Grid([WAIT], [Area("16C", name, "mixed")], {("16C", "wait_assessment"): valley}, kept).html("Waiting")
        assert f'<th scope="row">{name}</th>' in page
        assert link in page.split("<td>")[1]
        assert "Mixed after mergers" in page


def test_what_the_grid_is_narrowed_to_is_said_and_what_is_of_everybody() -> None:
    found = {("00C", "wait_assessment"): CELL}
    page = Grid([WAIT], [DARLINGTON], found, {}, ["wait_assessment"]).html("Waiting", ". Only: radicular pain")
    assert "2017/18 Q4 synthetic data. Only: radicular pain</span></caption>" in page
    assert '<span class="note">both presentations</span>' in page


def test_a_cell_without_a_value_says_why_and_has_no_mark() -> None:
    page = _grid(("00C", replace(CELL, figure=replace(FIGURE, value=None, status="suppressed"))))
    assert ">hidden</a>" in page
    assert "<img" not in page


def test_a_ccg_of_which_nothing_came_says_so() -> None:
    assert "<td>nothing sent</td>" in _grid(("00C", CELL))


def test_an_older_value_names_its_quarter() -> None:
    page = _grid(("00C", replace(CELL, figure=replace(FIGURE, period="2017/18 Q1"))), ("00M", CELL))
    assert page.count('<span class="note">2017/18 Q1</span>') == 1


def test_a_heading_has_unit_direction_and_target_and_says_that_it_is_unverified() -> None:
    head = _grid(("00C", CELL)).split("<thead>")[1].split("</thead>")[0]
    assert "days, lower is better" in head
    assert "target 42 days (unverified)" in head
    assert "2017/18 Q4" not in head  # the caption says it for all
    assert "<span>Waiting: newest quarter of each CCG, 2017/18 Q4 synthetic data</span>" in _grid(("00C", CELL))


def test_where_quarters_or_kinds_of_data_differ_each_heading_says_its_own() -> None:
    real = replace(FIGURE, measure="referral_rate", period="2015/16 Q1", synthetic=False)
    cells = {("00C", "wait_assessment"): CELL, ("00C", "referral_rate"): replace(CELL, figure=real)}
    page = Grid([WAIT, RATE], [DARLINGTON, TEES], cells, {}).html("Mixed")
    assert "<span>Mixed: newest quarter of each CCG</span>" in page
    assert '<span class="note">2015/16 Q1, real</span>' in page
    assert '<span class="note">2017/18 Q4, synthetic</span>' in page


def test_the_key_names_each_mark_once_and_of_targets_only_where_there_are_any() -> None:
    cells = {("00C", "wait_assessment"): CELL, ("00M", "wait_assessment"): CELL}
    assert legend(cells).count("<img") == 2
    without = {where: replace(cell, assurance=None) for where, cell in cells.items()}
    assert "target" not in legend(without)


def test_what_is_chosen_on_every_page_stays_in_the_links() -> None:
    assert _grid(("00C", CELL), kept={"release": "3"}).count("release=3") == 4  # heading, two CCGs, cell


def test_the_hint_stands_where_the_grid_is_wider_than_the_page() -> None:
    assert "@container grid (min-width: 15.4rem)" in _grid(("00C", CELL))  # one column beside that of the CCGs
