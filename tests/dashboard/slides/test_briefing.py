"""The briefing for an e-mail: only what happened, and nothing when nothing did."""

from datetime import UTC, date, datetime
from html.parser import HTMLParser

from dashboard.slides.briefing import MOST, briefing
from loaders.register import Release
from metrics.catalogue import load
from metrics.changes import Arrival, Changes, Revision
from metrics.receipt import Gap

RELEASE = Release(2, datetime(2026, 11, 22, tzinfo=UTC), {}, {})


def test_nothing_is_said_when_nothing_happened() -> None:
    assert briefing(Changes(2, 1), RELEASE, synthetic=True) == ""


def test_what_arrived_or_was_revised_is_no_news() -> None:
    revision = Revision(load()["wait_assessment"], "00C", "Darlington", "2017/18 Q1", 40.0, 42.0, "ok")
    arrival = Arrival("referral", "00C", (date(2018, 1, 1),), synthetic=True)
    assert briefing(Changes(2, 1, revisions=(revision,), arrived=(arrival,)), RELEASE, synthetic=True) == ""


def test_what_did_not_arrive_is_said_with_its_standing_and_the_link() -> None:
    gap = Gap("referral", "00C", "P1", (date(2018, 1, 1), date(2018, 2, 1)))
    said = briefing(Changes(2, 1, newly_missing=(gap,)), RELEASE, synthetic=True, address="http://127.0.0.1:8501")
    assert "Pathway referrals, 2 months: Darlington" in said
    assert "Synthetic data: invented" in said
    assert "Management information, not official statistics." in said
    assert "href='http://127.0.0.1:8501'" in said
    assert "What signalled" not in said


def test_it_stays_on_a_page_and_is_whole_html() -> None:
    facts = ("referral", "waiting", "practice_coding", "procedure")
    gaps = tuple(Gap(fact, "00C", "P1", (date(2018, 1, 1),)) for fact in facts)
    said = briefing(Changes(2, 1, newly_missing=gaps), RELEASE, synthetic=False)
    assert said.count("<li") == len(facts) <= MOST
    assert "<style" not in said
    assert "<script" not in said
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Reader().feed(said)
    assert opened == []
