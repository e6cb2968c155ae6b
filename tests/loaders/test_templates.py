import io
from pathlib import Path

import openpyxl
import pytest

from loaders.columns import arrow_schema
from loaders.kinds import KINDS, recognise
from loaders.problems import LoadRefused
from loaders.programme import CONTRACTS
from loaders.reading import Source, open_bytes, open_file
from loaders.rollout_sheets import SHEETS
from loaders.submission import Instructions
from loaders.tables import FACTS
from loaders.templates import DOCS, generated, submissions_page

TEMPLATES = DOCS / "templates"
KEYS = [*CONTRACTS, "rollout"]


def template(key: str, example: bool) -> Source:
    return open_file(TEMPLATES / f"{key}{'_example' if example else ''}.{'xlsx' if key == 'rollout' else 'csv'}")[0]


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_files_are_up_to_date(path: Path) -> None:
    """If not: python -m loaders.templates."""
    expected = generated()[path]
    if path.suffix != ".xlsx":
        assert path.read_bytes() == expected
    else:
        sheets = [
            [(s.name, list(s.head)) for s in source.sheets]
            for source in (open_file(path)[0], open_bytes("x", expected)[0])
        ]
        assert sheets[0] == sheets[1]


def test_every_file_of_the_templates_is_generated() -> None:
    assert {path for path in generated() if path.parent == TEMPLATES} == set(TEMPLATES.iterdir())


@pytest.mark.parametrize("key", KEYS)
def test_every_example_loads_without_a_word(key: str) -> None:
    source = template(key, example=True)
    reading = recognise(source).read(source, Instructions())
    assert (reading.kind, reading.synthetic, list(reading.warnings)) == (key, True, [])
    assert max(table.num_rows for table in reading.tables.values()) >= 10


@pytest.mark.parametrize("key", KEYS)
def test_examples_give_the_columns_of_their_tables(key: str) -> None:
    source = template(key, example=True)
    for name, rows in recognise(source).read(source, Instructions()).tables.items():
        schema = arrow_schema(FACTS.tables[name])
        for column in ("submission", "synthetic"):  # which the load adds
            schema = schema.remove(schema.get_field_index(column))
        assert rows.select(schema.names).cast(schema).num_rows > 0


@pytest.mark.parametrize("key", KEYS)
def test_every_empty_template_is_refused_for_having_no_rows(key: str) -> None:
    source = template(key, example=False)
    with pytest.raises(LoadRefused, match="not one row"):
        recognise(source).read(source, Instructions())


@pytest.mark.parametrize("example", [True, False])
@pytest.mark.parametrize("key", KEYS)
def test_templates_are_of_one_kind_only(key: str, example: bool) -> None:
    source = template(key, example)
    assert [kind.key for kind in KINDS if kind.recognise(source)] == [key]


def test_the_workbook_offers_the_allowed_values_and_says_what_columns_hold() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("rollout", example=False).content))
    milestones = book["Milestones"]
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in milestones.data_validations.dataValidation}
    assert lists["G2"] == '"not_started,in_progress,done,stopped"'
    for sheet in SHEETS:
        for field, cell in zip(sheet.fields, book[sheet.key][1], strict=True):
            assert cell.value == field.name
            assert field.about in cell.comment.text


def test_the_page_keeps_its_prose_and_makes_its_tables_anew() -> None:
    page = "Before.\n<!-- table: instruments -->\nstale\n<!-- end -->\nAfter.\n"
    assert submissions_page(page) == (
        "Before.\n<!-- table: instruments -->\n"
        "| instrument | lowest | highest |\n| --- | --- | --- |\n"
        "| ODI | 0 | 100 |\n| EQ-5D-5L | -0.6 | 1 |\n| PAIN_NRS | 0 | 10 |\n"
        "| GAD-7 | 0 | 21 |\n| PHQ-9 | 0 | 27 |\n| STARTBACK | 0 | 9 |\n"
        "<!-- end -->\nAfter.\n"
    )


def test_the_page_shows_every_column_of_every_contract() -> None:
    page = (DOCS / "submissions.md").read_text(encoding="utf-8")
    for contract in (*CONTRACTS.values(), *SHEETS):
        marker = contract.key if contract.key in CONTRACTS else f"rollout_{contract.key.lower()}"
        table = page.split(f"<!-- table: {marker} -->")[1].split("<!-- end -->")[0]
        assert [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")] == contract.names
