"""The words of tus 1.0 (https://tus.io/protocols/resumable-upload): headers in, headers out."""

import base64
import binascii
import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime

from fastapi import Request
from pydantic import ValidationError

from sihao.core.errors import BadRequest, Invalid, TooLarge, Unsupported, WrongProtocol
from sihao.core.settings import settings
from sihao.evidence.schemas import UploadWanted

VERSION = "1.0.0"
STREAM = "application/offset+octet-stream"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
_ALGORITHM = "sha256"
_DIGITS = 16


def offered() -> dict[str, str]:
    """What this server can do."""
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(settings().max_upload_bytes),
        "Tus-Checksum-Algorithm": _ALGORITHM,
    }


def check_version(request: Request) -> None:
    """Raise `WrongProtocol` unless the client speaks tus 1.0."""
    if request.headers.get("tus-resumable") != VERSION:
        code, zh = "upload.version", "请使用 tus 1.0 协议上传。"
        wrong = WrongProtocol(code, zh, "Send Tus-Resumable: 1.0.0.")
        wrong.headers["Tus-Version"] = VERSION
        raise wrong


def check_stream(request: Request) -> None:
    """Raise `Unsupported` for a body of another type."""
    if request.headers.get("content-type") != STREAM:
        code, zh = "upload.content_type", f"内容类型须为 {STREAM}。"
        raise Unsupported(code, zh, f"The content type is {STREAM}.")


def read_number(request: Request, name: str) -> int:
    """Read a count of bytes from a header."""
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        code, zh = "upload.number", f"{name} 须为字节数。"
        raise BadRequest(code, zh, f"{name} is a number of bytes.", pointer=f"/header/{name}")
    return int(value)


def read_length(request: Request) -> int:
    """Read how long the whole is to be."""
    length = read_number(request, "Upload-Length")
    if length == 0:
        code, zh = "evidence.empty", "文件是空的，请核对后再传。"
        raise Invalid(code, zh, "The file is empty.", pointer="/header/Upload-Length")
    if length > settings().max_upload_bytes:
        limit = settings().max_upload_bytes // (1024 * 1024)
        zh = f"单个文件不能超过 {limit} MB，请压缩或拆分后再传。"
        raise TooLarge("file.too_large", zh, f"A file may have at most {limit} MiB.")
    return length


def read_metadata(meta: str) -> UploadWanted:
    """Read `Upload-Metadata`; keys that are not ours are the client's own business."""
    pairs: dict[str, str] = {}
    try:
        for part in filter(None, map(str.strip, meta.split(","))):
            key, _, value = part.partition(" ")
            pairs[key] = base64.b64decode(value, validate=True).decode()
        known = {key: value for key, value in pairs.items() if key in UploadWanted.model_fields}
        return UploadWanted.model_validate(known)
    except (binascii.Error, UnicodeDecodeError, ValidationError) as error:
        code, zh = "upload.metadata", "Upload-Metadata 有误：须含 filename，值为 Base64。"
        en = "Upload-Metadata holds filename and others, in Base64."
        raise BadRequest(code, zh, en, pointer="/header/Upload-Metadata") from error


def read_checksum(request: Request) -> tuple["hashlib._Hash", bytes] | None:
    """Read `Upload-Checksum`: a fresh digest, and what it must come to."""
    given = request.headers.get("upload-checksum")
    if given is None:
        return None
    algorithm, _, value = given.partition(" ")
    try:
        expected = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        expected = b""
    digest = hashlib.sha256()
    if algorithm != _ALGORITHM or len(expected) != digest.digest_size:
        code, zh = "upload.checksum", "Upload-Checksum 须为 sha256 和 Base64 的校验值。"
        en = "Upload-Checksum is sha256 and a digest in Base64."
        raise BadRequest(code, zh, en, pointer="/header/Upload-Checksum")
    return digest, expected


def state_of(offset: int, expires_at: datetime) -> dict[str, str]:
    """Tell how far an upload is, and until when it waits."""
    return {
        "Upload-Offset": str(offset),
        "Upload-Expires": format_datetime(expires_at.astimezone(UTC), usegmt=True),
    }
