"""Old Office files (doc, xls, ppt, wps): a small file system with streams."""

import re
from typing import BinaryIO

import olefile

from sihao.evidence.guard.reading import Reading
from sihao.evidence.guard.refusals import refusal

DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
WORKS = "application/vnd.ms-works"
KINDS = {DOC, XLS, PPT, WORKS}

_BY_STREAM = {
    "worddocument": DOC,
    "workbook": XLS,
    "book": XLS,
    "powerpoint document": PPT,
    "contents": WORKS,
}
_MACROS = {"macros", "vba", "_vba_project", "_vba_project_cur", "vbaproject"}
_ENCRYPTED = {"encryptedpackage", "encryptedsummary", "encryptioninfo"}
_INSTALLER = "000C1084-0000-0000-C000-000000000046"
_ENTRIES = 5_000
_STREAM = 256 * 1024 * 1024
_BOUNDSHEET, _FILEPASS = 0x85, 0x2F
_MACRO_SHEET, _VB_MODULE = 1, 6
_FIB_ENCRYPTED = 0x0100
_DDE = re.compile(r"\bDDE(?:AUTO)?\s")
_RUN = re.compile(
    "[\\t\\n\\r\\x20-\\x7e\u00a0-\u00ff\u2010-\u2027\u2030-\u206f\u2190-\u27bf\u3000-\u30ff"
    "\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef★]{2,}"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def kind_of(file: BinaryIO) -> str:
    """Tell which program's file it is; raise `Invalid` for installers and unknown ones."""
    with _open(file) as ole:
        if ole.root.clsid == _INSTALLER:
            raise refusal("program", "MSI")
        names = _names(ole)
    if not _ENCRYPTED.isdisjoint(names):
        raise refusal("encrypted")
    for name, kind in _BY_STREAM.items():
        if name in names:
            return kind
    raise refusal("type")


def check_ole(file: BinaryIO, reading: Reading) -> None:
    """Refuse macros, encryption and packed files at any depth; read the Chinese text in it."""
    with _open(file) as ole:
        for path in ole.listdir(streams=True, storages=True):
            for name in (part.lower() for part in path):
                if name in _MACROS:
                    raise refusal("macros", "VBA")
                if name in _ENCRYPTED:
                    raise refusal("encrypted")
                if name == "\x01ole10native":
                    raise refusal("embedded", "OLE")
        for path in ole.listdir():
            _read_stream(ole, path, reading)


def _read_stream(ole: olefile.OleFileIO, path: list[str], reading: Reading) -> None:
    name = path[-1].lower()
    if ole.get_size(path) > _STREAM:
        raise refusal("bomb", name)
    raw = ole.openstream(path).read()
    if name in {"workbook", "book"}:
        _check_workbook(raw)
    if name == "worddocument" and int.from_bytes(raw[10:12], "little") & _FIB_ENCRYPTED:
        raise refusal("encrypted")
    if name in _BY_STREAM or name == "textstream":
        _read_runs(raw, reading)


def _check_workbook(raw: bytes) -> None:
    """Walk the records: macro sheets and passwords are said in the first ones."""
    at = 0
    while at + 4 <= len(raw):
        record, size = raw[at] | raw[at + 1] << 8, raw[at + 2] | raw[at + 3] << 8
        if record == _FILEPASS:
            raise refusal("encrypted")
        if record == _BOUNDSHEET and size > 5 and raw[at + 9] in {_MACRO_SHEET, _VB_MODULE}:  # noqa: PLR2004 - offset of the sheet's type
            raise refusal("macros", "Excel 4.0")
        at += 4 + size


def _read_runs(raw: bytes, reading: Reading) -> None:
    """Chinese text stands in these streams as UTF-16, at odd or even places."""
    reading.begin("文档内")
    for shift in (0, 1):
        decoded = raw[shift:].decode("utf-16-le", "replace")
        for run in _RUN.finditer(decoded):
            said = run[0].replace("\r", "\n")
            if _DDE.search(said):
                raise refusal("external", "DDE")
            if _CHINESE.search(said) or "★" in said:
                reading.add(said + "\n")
    if _DDE.search(raw.decode("latin-1")):
        raise refusal("external", "DDE")
    reading.end()


def _open(file: BinaryIO) -> olefile.OleFileIO:
    file.seek(0)
    try:
        return olefile.OleFileIO(file)
    except (OSError, IndexError, ValueError, TypeError) as error:
        raise refusal("broken") from error


def _names(ole: olefile.OleFileIO) -> set[str]:
    entries = ole.listdir(streams=True, storages=True)
    if len(entries) > _ENTRIES:
        raise refusal("bomb", f"内含 {len(entries)} 个流")
    return {path[0].lower() for path in entries}
