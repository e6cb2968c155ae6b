from dashboard.documents import CHANGES, METHODS, Passage, entries, sections

DOCUMENT = """# Title

What stands before the first section is no section.

## Waits

The median by Kaplan-Meier.

### Intervals

On the log-log scale.

## Empty

### Within it

Text.
"""


def test_each_heading_with_text_is_a_section() -> None:
    assert sections(DOCUMENT) == [
        Passage("Waits", "The median by Kaplan-Meier."),
        Passage("Waits: Intervals", "On the log-log scale."),
        Passage("Empty: Within it", "Text."),
    ]


def test_each_point_of_a_change_log_is_an_entry() -> None:
    log = "# Changelog\n\n## 1.2\n\n### Added\n\n- One,\n  on two lines.\n- Two.\n\n### Mended\n\n- Three.\n"
    assert list(entries(log)) == [
        Passage("1.2: Added", "- One,\n  on two lines."),
        Passage("1.2: Added", "- Two."),
        Passage("1.2: Mended", "- Three."),
    ]


def test_words_are_found_in_title_or_text_however_written() -> None:
    passage = Passage("Waits: Intervals", "On the log-log scale.")
    assert passage.has("LOG-LOG")
    assert passage.has("intervals")
    assert passage.has(" ")
    assert not passage.has("Wilson")


def test_an_empty_document_has_no_sections() -> None:
    assert sections("") == []
    assert list(entries("# Changelog\n")) == []


def test_the_documents_themselves_come_apart() -> None:
    assert any(one.title.startswith("Waits") for one in sections(METHODS.read_text(encoding="utf-8")))
    changes = list(entries(CHANGES.read_text(encoding="utf-8")))
    assert changes
    assert all(one.text.startswith("- ") for one in changes)
