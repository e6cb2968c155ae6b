"""`python -m dashboard.slides`, as a scheduler calls it."""

from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner

from dashboard.slides import pdf
from dashboard.slides.__main__ import app


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--deck", "poster"], "is no deck"),
        (["--deck", "ccg"], "is no CCG"),
        (["--deck", "ccg", "--ccg", "XXX"], "00C (Darlington)"),
        (["--deck", "board", "--ccg", "00C"], "goes with --deck ccg"),
    ],
)
def test_a_wrong_wish_is_said_and_ends_with_2(words: list[str], said: str) -> None:
    code, output = _run(*words)
    assert code == 2
    assert said in " ".join(output.replace("│", " ").split())


def test_an_empty_warehouse_ends_with_1(tmp_path: Path) -> None:
    code, output = _run("--warehouse", str(tmp_path / "warehouse"))
    assert code == 1
    assert "Nothing has been published yet" in output


def test_an_unknown_release_and_a_bad_template_end_with_1(demo: Path, saved: Path, tmp_path: Path) -> None:
    code, output = _run("--warehouse", str(demo), "--release", "99")
    assert (code, "There is no release 99" in output) == (1, True)
    template = tmp_path / "template.pptx"
    template.write_text("nothing")
    asked = ["--warehouse", str(demo), "--deck", str(saved), "--out", str(tmp_path / "mine.pptx")]
    code, output = _run(*asked, "--template", str(template))
    assert (code, "no PowerPoint presentation" in output) == (1, True)
    assert not (tmp_path / "mine.pptx").exists()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A deck of one slide, saved."""
    saved = tmp_path / "mine.toml"
    saved.write_text('title = "Mine"\n[[slide]]\npage = "summary"\ncard = "definitions"\nheadline = "What we ask"\n')
    return saved


def test_a_saved_deck_is_written(demo: Path, saved: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.pptx"
    code, output = _run("--warehouse", str(demo), "--deck", str(saved), "--out", str(out))
    assert code == 0
    assert "2 slides of release 1" in output
    assert [slide.shapes.title.text for slide in Presentation(str(out)).slides] == ["Mine", "What we ask"]


def test_without_libreoffice_it_is_said_that_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not pdf.can_write()
    with pytest.raises(pdf.NoPdf, match="LibreOffice is not installed"):
        pdf.pdf_of(b"")


def test_without_libreoffice_the_deck_is_written_all_the_same(
    demo: Path, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "no programs"))
    out = tmp_path / "mine.pptx"
    code, output = _run("--warehouse", str(demo), "--deck", str(saved), "--out", str(out), "--pdf")
    assert code == 0
    assert "There is no PDF: LibreOffice is not installed here (Debian: apt-get install libreoffice-impress)." in output
    assert (out.exists(), out.with_suffix(".pdf").exists()) == (True, False)


@pytest.mark.slow
@pytest.mark.usefixtures("libreoffice")
def test_a_deck_becomes_a_pdf(board_pack: bytes) -> None:
    assert pdf.pdf_of(board_pack).startswith(b"%PDF")
