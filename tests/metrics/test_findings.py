"""The region in three findings: by stated rules, from literal rows, and on the demo against the methods themselves."""

from pathlib import Path

from metrics.comparison.compare import compare
from metrics.engines import Engine
from metrics.findings import Finding, Theme, findings
from metrics.measure import Measure
from metrics.queues import queues
from metrics.selection import Selection
from tests.metrics.rollouts import ledger, listed, sent
from tests.metrics.small import ACTIVITY, LISTS
from tests.metrics.warehouses import hold, publish

Measures = dict[str, Measure]

LIVE = [ledger(None, "go_live", "2015-05-11", ccg) for ccg in ("00M", "03D", "00C")]
PRACTICES = [listed("00M-D01"), listed("00M-D02"), listed("00C-D01"), listed("00C-D02")]
# of four practices one of 00M's refers in the last three months; 00C sent its December, with nobody on the pathway
SENT = [*sent("00M-D01", "2015-12"), *sent("00C-D01", "2015-12", route="earlier_route")]


def _found(engine: Engine, measures: Measures, theme: Theme) -> Finding:
    return {finding.theme: finding for finding in findings(engine, measures)}[theme]


def test_adoption_says_who_is_live_and_how_many_practices_refer(tmp_path: Path, measures: Measures) -> None:
    engine = hold(tmp_path, {"list_size": PRACTICES, "referral": SENT, "milestone": LIVE})
    found = _found(engine, measures, "adoption")
    assert found.headline == (
        "3 of 12 CCGs are live, and 25% of practices referred in the three months to December 2015"
    )
    assert found.detail.startswith(
        "1 of 4 practices. Early implementers: 50%; Following CCGs: 0%. Not received in full"
    )
    assert "Not live by 31 December 2015: Cumbria, Durham Dales" in found.detail
    assert len(found.ccgs) == 9
    assert dict(found.numbers) == {"live": 3, "ccgs": 12, "share": 25.0, "practices": 1, "of": 4}
    assert (found.measure, found.told, found.synthetic) == ("practices_referring", True, False)


def test_adoption_by_the_ledger_alone(tmp_path: Path, measures: Measures) -> None:
    found = _found(hold(tmp_path, {"milestone": LIVE}), measures, "adoption")
    assert (found.headline, found.measure) == ("3 of 12 CCGs are live", "ccgs_live")


def test_adoption_by_practices_alone(tmp_path: Path, measures: Measures) -> None:
    found = _found(hold(tmp_path, {"list_size": PRACTICES, "referral": SENT}), measures, "adoption")
    assert found.headline == "25% of practices referred in the three months to December 2015"
    assert found.ccgs == ()


def test_a_finding_never_mixes_real_and_invented_rows(tmp_path: Path, measures: Measures) -> None:
    engine = publish(tmp_path, ({"list_size": PRACTICES, "referral": SENT}, False), ({"milestone": LIVE}, True))
    found = _found(engine, measures, "adoption")
    assert found.headline == "25% of practices referred in the three months to December 2015"
    assert not found.synthetic


def test_nothing_received_is_said_three_times(nothing: Engine, measures: Measures) -> None:
    found = findings(nothing, measures)
    assert [finding.told for finding in found] == [False, False, False]
    assert [finding.headline for finding in found] == [
        "How far the pathway reaches cannot be told",
        "What changed cannot be told",
        "How long people wait on the pathway cannot be told",
    ]
    assert all(finding.detail and not finding.numbers for finding in found)


def test_national_returns_alone_tell_of_neither_reach_nor_pathway_waits(tmp_path: Path, measures: Measures) -> None:
    adoption, change, waits = findings(hold(tmp_path, {"activity": ACTIVITY, "list_size": LISTS}), measures)
    assert not adoption.told
    assert not waits.told
    assert "back pain cannot be told apart" in waits.detail
    # the one measure that something came for, with too few months to compare
    assert (change.measure, change.told) == ("gp_referrals", False)
    assert change.headline == "GP referrals to hospital: cannot be told"


def test_change_has_the_words_of_the_comparison(demo: Engine, measures: Measures) -> None:
    found = _found(demo, measures, "change")
    said = compare(measures["wait_assessment"], demo)
    assert f"{found.headline}. {found.detail}" == said.judgement.words
    assert (found.measure, set(found.ccgs)) == ("wait_assessment", {"00M", "03D"})
    assert said.change
    assert dict(found.numbers) == {"estimate": said.change.estimate, "p": said.change.p}
    assert found.synthetic


def test_waits_have_the_lists_that_grew_and_where(demo: Engine, measures: Measures) -> None:
    found = _found(demo, measures, "waits")
    (region,) = queues(demo, Selection(by="region"))
    assert f"{found.headline}." == region.sentence
    grown = [queue for queue in region.steps if queue.change == "longer"]
    assert dict(found.numbers) == {queue.step: queue.waiting.value for queue in grown}
    assert f"{grown[0].waiting.value:,.0f} people for first Triage and Treat contact" in found.detail
    longer = {
        one.area.code
        for one in queues(demo, Selection())
        if "longer" in [queue.change for queue in one.steps if queue.step == grown[0].step]
    }
    assert set(found.ccgs) == longer


def test_findings_are_the_same_every_time(demo: Engine, measures: Measures) -> None:
    assert findings(demo, measures) == findings(demo, measures)


def test_no_finding_claims_a_cause(demo: Engine, measures: Measures) -> None:
    assert not any("caused" in f"{one.headline} {one.detail}" for one in findings(demo, measures))
