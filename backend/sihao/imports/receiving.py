"""Take the body of `POST /imports` apart, however it comes."""

from collections.abc import AsyncIterator
from pathlib import PurePath

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from sihao.core.errors import Invalid, TooLarge
from sihao.imports.models import ImportFormat
from sihao.imports.schemas import ImportRows

LARGEST = 32 * 1024 * 1024
_BLOCK = 1024 * 1024
_MULTIPART, _JSON = "multipart/form-data", "application/json"
_TYPES = {
    "text/csv": ImportFormat.CSV,
    "application/csv": ImportFormat.CSV,
    "application/x-ndjson": ImportFormat.NDJSON,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ImportFormat.XLSX,
}
_ENDINGS = {f".{one.value}": one for one in ImportFormat} | {".jsonl": ImportFormat.NDJSON}
_OLE = b"\xd0\xcf\x11\xe0"


class Sent:
    """A file as it was sent; iterate it once."""

    def __init__(self, name: str, media_type: str, chunks: AsyncIterator[bytes]) -> None:
        self.name, self.media_type, self.chunks = name, media_type, chunks


async def open_body(request: Request, name: str | None) -> Sent:
    """Find the file in the body: raw, as the part `file` of a form, or JSON rows."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    _check_size(
        int(length) if (length := request.headers.get("content-length", "")).isdigit() else 0
    )
    if media_type == _MULTIPART:
        form = await request.form(max_files=1, max_fields=4)
        file = form.get("file")
        if not isinstance(file, UploadFile):
            code, zh = "import.file", "表单中没有文件（file）。"
            raise Invalid(code, zh, "The form has no part called file.", pointer="/body/file")
        return Sent(name or file.filename or "", file.content_type or "", _read(file))
    if media_type == _JSON:
        try:
            ImportRows.model_validate_json(await request.body())
        except ValidationError as error:
            found = error.errors(include_url=False, include_input=False)
            raise RequestValidationError(
                [{**one, "loc": ("body", *one["loc"])} for one in found]
            ) from error
    return Sent(name or "", media_type, request.stream())


def format_of(sent: Sent, head: bytes) -> ImportFormat:
    """Tell how the file is made: by what it begins with, its name, its declared type."""
    if head.startswith(_OLE):
        code, zh = "import.xls", "不支持旧版 .xls 文件，请另存为 XLSX 再导入。"
        raise Invalid(code, zh, "Save it as XLSX.", pointer="/body")
    if head.startswith(b"PK\x03\x04"):
        return ImportFormat.XLSX
    if sent.media_type == _JSON:
        return ImportFormat.JSON
    named = _ENDINGS.get(PurePath(sent.name).suffix.lower()) or _TYPES.get(sent.media_type)
    if named is ImportFormat.XLSX:
        code, zh = "import.unreadable", "不是有效的 XLSX 工作簿，无法读取。"
        raise Invalid(code, zh, "Not an XLSX workbook.", pointer="/body")
    if named is not None:
        return named
    return ImportFormat.NDJSON if head.lstrip().startswith(b"{") else ImportFormat.CSV


async def _read(file: UploadFile) -> AsyncIterator[bytes]:
    try:
        _check_size(file.size or 0)
        while block := await file.read(_BLOCK):
            yield block
    finally:
        await file.close()


def _check_size(size: int) -> None:
    if size > LARGEST:
        zh = f"导入文件最大 {LARGEST // 1024 // 1024} MB，请拆分后再导入。"
        raise TooLarge("import.too_large", zh, "The file is too large.")
