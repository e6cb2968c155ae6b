"""The same deck as PDF, drawn by LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = "soffice"
PATIENCE = 180
"""Seconds after which LibreOffice is given up."""

NOT_INSTALLED = "There is no PDF: LibreOffice is not installed here (Debian: apt-get install libreoffice-impress)."


class NoPdf(RuntimeError):
    """Why no PDF could be made."""


def can_write() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which(PROGRAM) is not None


def pdf_of(deck: bytes) -> bytes:
    """A deck in PowerPoint as PDF; raises NoPdf."""
    if not can_write():
        raise NoPdf(NOT_INSTALLED)
    with TemporaryDirectory(prefix="deck-") as place:
        folder = Path(place)
        (folder / "deck.pptx").write_bytes(deck)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"  # two at once would refuse each other
        asked = [PROGRAM, "--headless", profile, "--convert-to", "pdf", "--outdir", place, str(folder / "deck.pptx")]
        try:
            subprocess.run(asked, capture_output=True, timeout=PATIENCE, check=True)
            return (folder / "deck.pdf").read_bytes()
        except (subprocess.SubprocessError, OSError) as failed:
            raise NoPdf(f"LibreOffice made no PDF: {failed}") from failed


def written_beside(file: Path) -> str:
    """Write the PDF of a deck beside it; says where it is, or why there is none."""
    try:
        target = file.with_suffix(".pdf")
        target.write_bytes(pdf_of(file.read_bytes()))
    except NoPdf as why:
        return str(why)
    return str(target)
