"""`Idempotency-Key`: the same POST twice has one effect and one answer."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from fastapi import Header, Request, Response
from sqlalchemy import DateTime, bindparam, insert, select, text
from sqlmodel import Field, SQLModel

from sihao.core.context import Context
from sihao.core.errors import Conflict, Invalid, PreconditionRequired

_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 7))")
_KEPT_HEADERS = ("etag", "location")


class IdempotencyKey(SQLModel, table=True):
    """One answered POST of one principal; housekeeping forgets it after a day."""

    __tablename__ = "idempotency_key"

    principal_id: UUID = Field(primary_key=True)
    key: str = Field(max_length=200, primary_key=True)
    request_hash: str = Field(max_length=64)
    status: int
    content_type: str = Field(max_length=100)
    headers: str = Field(max_length=500)
    body: bytes
    created_at: datetime = Field(sa_type=DateTime(timezone=True), index=True)


_KEPT = SQLModel.metadata.tables["idempotency_key"]
_KNOWN = select(_KEPT).where(
    _KEPT.c.principal_id == bindparam("who"), _KEPT.c.key == bindparam("key")
)
_KEEP = insert(_KEPT)


class Replay(Exception):  # noqa: N818 - not an error: the answer is already known
    """Carries the stored answer up to the route."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


@dataclass(frozen=True, slots=True)
class Pending:
    """A key whose answer is still to come; `keep` stores it in the same transaction."""

    ctx: Context
    key: str
    request_hash: str

    async def keep(self, response: Response) -> None:
        """Store a successful answer, or nothing: after a refusal the key is free again."""
        headers = "\n".join(
            f"{k}: {response.headers[k]}" for k in _KEPT_HEADERS if k in response.headers
        )
        await self.ctx.db.flush()
        answered = {
            "principal_id": self.ctx.person_id,
            "key": self.key,
            "request_hash": self.request_hash,
            "status": response.status_code,
            "content_type": response.headers.get("content-type", "application/json"),
            "headers": headers,
            "body": bytes(response.body),
            "created_at": self.ctx.now,
        }
        await (await self.ctx.db.connection()).execute(_KEEP, answered)


async def begin(ctx: Context, request: Request) -> None:
    """Look the request's key up before anything happens.

    Raises `Replay` with the first answer, `Invalid` when the body differs, `Conflict` while the
    first request still runs, `PreconditionRequired` where the route must have a key.
    """
    key = request.headers.get("idempotency-key")
    if getattr(request.state, "key_required", False):
        raise PreconditionRequired(
            "idempotency.required",
            "缺少 Idempotency-Key：签发、报送一类操作须带上，以免重复办理。",
            "Send an Idempotency-Key with this request.",
            pointer="/header/Idempotency-Key",
        )
    if key is None or request.method != "POST" or ctx.actor.id is None:
        return
    if not 1 <= len(key) <= 200 or not key.isascii() or not key.isprintable():  # noqa: PLR2004 - as the error says
        code, zh = "idempotency.malformed", "Idempotency-Key 须为 1 至 200 个可见字符。"
        raise Invalid(code, zh, "Not a usable key.", pointer="/header/Idempotency-Key")
    seen = sha256(await _said(request)).hexdigest()
    db = await ctx.db.connection()
    if not (await db.execute(_LOCK, {"name": f"{ctx.actor.id}:{key}"})).scalar_one():
        code, zh = "idempotency.in_flight", "同一请求正在处理，请稍候。"
        raise Conflict(code, zh, "The first request with this key is still running.")
    known = (await db.execute(_KNOWN, {"who": ctx.actor.id, "key": key})).one_or_none()
    if known is None:
        request.state.idempotent = Pending(ctx, key, seen)
        return
    if known.request_hash != seen:
        code, zh = "idempotency.reused", "同一 Idempotency-Key 不能用于不同的请求。"
        raise Invalid(
            code, zh, "This key was used for another request.", pointer="/header/Idempotency-Key"
        )
    headers = dict(line.split(": ", 1) for line in known.headers.splitlines())
    headers["Idempotency-Replayed"] = "true"
    raise Replay(Response(known.body, known.status, headers=headers, media_type=known.content_type))


async def _said(request: Request) -> bytes:
    """What makes two requests the same one. A stream of bytes is told by its headers alone."""
    if request.headers.get("content-type") == "application/offset+octet-stream":
        named = (request.headers.get(name, "") for name in ("upload-length", "upload-metadata"))
        return "\n".join((request.url.path, *named)).encode()
    return f"{request.url.path}\n".encode() + await request.body()


def keep_nothing(request: Request) -> None:
    """Store no answer: this one shows a secret, once. The same POST again is a new one."""
    request.state.idempotent = None


def require_key(request: Request, idempotency_key: Annotated[str | None, Header()] = None) -> None:
    """Mark a signature, submission or publication: `begin` refuses it without a key (428).

    It only marks, because nobody is told what a route needs before saying who asks.
    """
    request.state.key_required = idempotency_key is None
