"""The reader of nhs-waiting-lists (PyPI), run by a Python of its own: the package asks for typer 0.20.0 exactly.

It reads an RTT extract into a wide pandas frame and checks its totals; it does not reshape it.
"""

import sys
import zipfile
from pathlib import Path

from tests.benchmarks.own_python import own_python
from tests.benchmarks.timed import report

RELEASE = "nhs-waiting-lists==0.1.2"


def install(folder: Path) -> Path:
    """A Python with the package and what its reader imports, of our versions; raises CalledProcessError."""
    return own_python(folder, ["pandas", "sqlalchemy"], "--no-deps", RELEASE)


def read(archive: str) -> None:
    """A zipped extract of April 2021 as a frame, its totals checked."""
    from nhs_waiting_lists.importer.rtt import load_rtt_csv_from_zip
    from nhs_waiting_lists.importer.rtt_qa import check_qa_issues, compute_qa_columns
    from nhs_waiting_lists.utils.csv_format_spec import RTTFormatRegistry

    frame = load_rtt_csv_from_zip(Path(archive), "2021-04", RTTFormatRegistry())
    check_qa_issues(compute_qa_columns(frame), "2021-04")


def zipped(file: Path) -> Path:
    """The file in an archive, which is what the reader asks for; not squeezed, which would take time to undo."""
    archive = file.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as writer:
        writer.write(file, file.name)
    return archive


if __name__ == "__main__":
    report(read, sys.argv[1])
