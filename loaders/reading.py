"""A file as sheets of text, whatever it is called: workbook, CSV, Parquet, or a zip of them."""

import hashlib
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv

from loaders.formats import as_text, comma_separated, parquet, sheet_of, workbook
from loaders.problems import refuse
from loaders.sheet import Sheet

LARGEST = int(os.environ.get("LARGEST_FILE_MB", "190")) * 1_000_000
"""Bytes: far above any return; a larger file is taken for a mistake until someone says otherwise."""

_OLE2, _ZIP, _PARQUET = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"PAR1"
_WORKBOOK = {"[Content_Types].xml", "content.xml"}
"""One of these is in every zip that is a workbook, of Excel or of LibreOffice."""
_LOCKED = 1
"""The flag of a member of a zip that asks for a password."""


class Source:
    """A file as read: its sheets, its content hash and its name for messages."""

    def __init__(self, name: str, content: bytes, sheets: Callable[[], Sequence[Sheet]]) -> None:
        self.name = name
        self.content = content
        self._sheets = sheets

    @cached_property
    def sheets(self) -> Sequence[Sheet]:
        return self._sheets()

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name (trimmed, any case), or None."""
        return next((s for s in self.sheets if s.name.strip().lower() == name.lower()), None)


def open_file(path: Path) -> list[Source]:
    """The sources in a file: one, or one for each file inside a zip."""
    if path.is_dir():
        raise refuse(str(path), "There is no file in this folder.", "Check the path.")
    if not path.is_file():
        raise refuse(str(path), "There is no such file.", "Check the path.")
    if path.stat().st_size > LARGEST:
        raise refuse(
            path.name,
            f"The file is larger than {LARGEST // 1_000_000} MB.",
            "Send one provider and period a file, or set LARGEST_FILE_MB if it really is that large.",
        )
    try:
        return open_bytes(path.name, path.read_bytes())
    except OSError as barred:
        raise refuse(path.name, f"The file cannot be opened ({barred.strerror}).", "Check its permissions.") from barred


def open_bytes(name: str, content: bytes) -> list[Source]:
    """The sources in a file's content; LoadRefused when it is none of the formats read."""
    if not content or content.isspace():
        raise refuse(name, "The file is empty.", "Export it again.")
    if content[:4] == _ZIP:
        return _zip(name, content)
    if content[:4] == _OLE2:
        return [Source(name, content, partial(workbook, name, content))]
    if content[:4] == _PARQUET:
        return [Source(name, content, partial(parquet, name, content))]
    _require_utf8(name, content)
    return [Source(name, content, partial(comma_separated, name, content))]


def from_table(name: str, table: pa.Table) -> Source:
    """A source from rows already in memory, such as a database view; hashed by its values."""
    text = as_text(table)
    sink = io.BytesIO()
    pa_csv.write_csv(text, sink)
    return Source(name, sink.getvalue(), lambda: [sheet_of(name, text)])


def _zip(name: str, content: bytes) -> list[Source]:
    """The sources in a zip, or the workbook that it is: these are zips as well."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if _WORKBOOK & set(archive.namelist()):
            return [Source(name, content, partial(workbook, name, content))]
        members = [entry for entry in archive.infolist() if not _is_clutter(entry.filename)]
        _check_members(name, members)
        unpacked = [(f"{name} > {entry.filename}", archive.read(entry)) for entry in members]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
        raise refuse(name, f"The file is cut short or damaged ({broken}).", "Fetch or export it again.") from broken
    return [source for member, inside in unpacked for source in open_bytes(member, inside)]


def _is_clutter(member: str) -> bool:
    """Whether it is a folder, or a file that a system put there for itself."""
    return member.startswith("__MACOSX") or Path(member).name.startswith((".", "~$")) or member.endswith("/")


def _check_members(name: str, members: Sequence[zipfile.ZipInfo]) -> None:
    if " > " in name:
        raise refuse(name, "A zip stands inside a zip.", "Unpack it, and send the files.")
    if not members:
        raise refuse(name, "There is no file in the zip.", "Pack it again.")
    if any(entry.flag_bits & _LOCKED for entry in members):
        raise refuse(name, "The zip is protected by a password.", "Send it without one.")
    if sum(entry.file_size for entry in members) > 10 * LARGEST:
        raise refuse(name, "Unpacked, the file would be far larger than any return.", "Check what it is.")


def _require_utf8(name: str, content: bytes) -> None:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise refuse(
            name,
            "This is neither a workbook, Parquet nor CSV text in UTF-8.",
            "Save it from Excel as 'CSV UTF-8' or as a workbook (.xlsx).",
        )
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise refuse(
            name,
            f"Line {line} holds a byte (0x{content[wrong.start]:02x}) that is not UTF-8.",
            "Save it from Excel as 'CSV UTF-8'.",
        ) from wrong
