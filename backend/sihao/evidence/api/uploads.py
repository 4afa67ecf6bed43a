"""`/uploads`: resumable uploads by tus 1.0, for browsers and scripts alike.

No database connection is held while bytes come. A crash at any moment leaves nothing half: the
bytes wait in the spool until the transaction that records the file is committed.
"""

from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import Depends, Request, Response
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect

from sihao.accounts.auth import Ctx, release, reopen
from sihao.core import problems
from sihao.core.context import Context
from sihao.core.errors import ChecksumMismatch, Invalid, Problem, TooLarge
from sihao.core.rates import costs
from sihao.core.routes import ProductRoute, Router
from sihao.core.stores import resumable, store
from sihao.core.stores.resumable import Held
from sihao.core.stores.spool import Received, hash_file
from sihao.core.stores.threads import in_thread
from sihao.evidence import actions, queries, tus
from sihao.evidence.actions import GoingOn
from sihao.evidence.guard.examine import Examined, examine
from sihao.evidence.models import Upload


class _Arrived(NamedTuple):
    """A whole file that the store has and no row names yet."""

    taken: Received
    found: Examined


class _TusRoute(ProductRoute):
    """Every answer says which version it speaks, refusals too."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the product's handler."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                response = await handle(request)
            except Problem as refused:
                refused.headers["Tus-Resumable"] = tus.VERSION
                raise
            response.headers["Tus-Resumable"] = tus.VERSION
            return response

        return handler


router = Router(prefix="/uploads", tag="uploads")
router.route_class = _TusRoute

_STREAM: dict[str, Any] = {
    "requestBody": {
        "content": {tus.STREAM: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def _header(name: str, *, required: bool = True) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "schema": {"type": "string"}}


_VERSION = _header("Tus-Resumable")


@router.options("", operation_id="upload_offer", status_code=204)
async def offer(ctx: Ctx) -> Response:
    """Say which version and extensions of tus are spoken here, and how large a file may be."""
    del ctx
    return Response(status_code=204, headers=tus.offered())


@router.post(
    "",
    operation_id="upload_create",
    status_code=201,
    dependencies=[Depends(costs("rate_uploads"))],
    openapi_extra={
        **_STREAM,
        "parameters": [
            _VERSION,
            _header("Upload-Length"),
            _header("Upload-Metadata"),
            _header("Upload-Checksum", required=False),
        ],
    },
)
async def create_upload(ctx: Ctx, request: Request) -> Response:
    """Begin an upload; `Location` is its address. A body of the stream type is its first bytes.

    `Upload-Metadata`: `filename`, and `file_id` or `evidence_id`, or the `sha256` of a file that
    was promised; with `sha256` the whole is checked at the end.
    """
    tus.check_version(request)
    length, meta = tus.read_length(request), request.headers.get("upload-metadata", "")
    wanted = tus.read_metadata(meta)
    upload_id = actions.new_upload_id()
    if request.headers.get("content-type") != tus.STREAM:
        upload = await actions.begin_upload(ctx, upload_id, wanted, length, meta)
        await resumable.begin(upload_id)
        told = Response(status_code=204, headers=tus.state_of(0, upload.expires_at))
        return _created(request, upload_id, told)
    file = actions.as_expected(await actions.find_file(ctx, wanted, length))
    await release(ctx)
    await resumable.begin(upload_id)
    async with resumable.hold(upload_id) as held:
        try:
            offset, cut = await _take(request, held, 0, length)
            if cut:
                raise ClientDisconnect  # noqa: TRY301 - whatever goes wrong, nothing is left
            going_on = GoingOn(file, length, wanted.sha256)
            arrived = await _arrive(held, going_on) if offset == length else None
            now = await reopen(ctx)
            upload = await actions.begin_upload(now, upload_id, wanted, length, meta)
            upload.offset_bytes = offset
            told = await _record(now, upload, offset, arrived)
            return _created(request, upload_id, told)
        except BaseException:
            await held.discard()
            raise


@router.head("/{id}", operation_id="upload_get", openapi_extra={"parameters": [_VERSION]})
async def read_upload(ctx: Ctx, request: Request, id: UUID) -> Response:
    """Tell how far an upload is; 423 while a request writes it."""
    upload = await queries.get_upload(ctx, id)
    tus.check_version(request)
    actions.check_alive(ctx, upload)
    offset = upload.length
    if not upload.finished_at:
        async with resumable.hold(id) as held:
            offset = await held.offset(upload.offset_bytes)
    headers = tus.state_of(offset, upload.expires_at)
    headers |= {"Upload-Length": str(upload.length), "Cache-Control": "no-store"}
    if upload.meta:
        headers["Upload-Metadata"] = upload.meta
    return Response(headers=headers)


@router.patch(
    "/{id}",
    operation_id="upload_continue",
    status_code=204,
    openapi_extra={
        **_STREAM,
        "parameters": [
            _VERSION,
            _header("Upload-Offset"),
            _header("Upload-Checksum", required=False),
        ],
    },
)
async def continue_upload(ctx: Ctx, request: Request, id: UUID) -> Response:
    """Send more bytes, from the offset that HEAD told. The last ones finish the file.

    What is wrong with the file is said then (422), and nothing of it is kept.
    """
    await queries.get_upload(ctx, id)
    tus.check_version(request)
    tus.check_stream(request)
    offset = tus.read_number(request, "Upload-Offset")
    async with resumable.hold(id) as held:
        going_on = await actions.expect_bytes(ctx, id, offset, held)
        await release(ctx)
        offset, _ = await _take(request, held, offset, going_on.length)
        try:
            arrived = await _arrive(held, going_on) if offset == going_on.length else None
        except Invalid as refused:
            now = await reopen(ctx)
            await actions.refuse_upload(now, id, going_on.file.file_name, refused.code)
            await held.discard()
            return problems.answer(request, refused)
        now = await reopen(ctx)
        upload = await actions.record_offset(now, id, offset)
        return await _record(now, upload, offset, arrived)


@router.delete(
    "/{id}",
    operation_id="upload_delete",
    status_code=204,
    openapi_extra={"parameters": [_VERSION]},
)
async def delete_upload(ctx: Ctx, request: Request, id: UUID) -> Response:
    """Give an upload up; what has come is thrown away."""
    upload = await queries.get_upload(ctx, id)
    tus.check_version(request)
    if not upload.finished_at:
        async with resumable.hold(id):
            await actions.give_up(ctx, id)
    return Response(status_code=204, background=_forget(id))


async def _take(request: Request, held: Held, start: int, length: int) -> tuple[int, bool]:
    """Write the body; tell the new offset, and whether the connection was cut before its end."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and start + int(declared) > length:
        code, zh = "upload.too_long", "内容超过登记的大小，请重新上传。"
        raise TooLarge(code, zh, "This is more than Upload-Length says.")
    checksum = tus.read_checksum(request)
    digest, expected = checksum or (None, b"")
    offset, cut = await held.take(request.stream(), start, length, digest)
    if digest is not None:
        if digest.digest() != expected:
            await held.cut_back(start)
            code, zh = "upload.checksum_mismatch", "收到的内容与校验值不一致，请重传这一段。"
            raise ChecksumMismatch(code, zh, "The bytes differ from their checksum.")
        await held.trust()
    return offset, cut


async def _arrive(held: Held, going_on: GoingOn) -> _Arrived:
    """Hash the whole, look what it is, and let the store keep it. No connection is held."""
    taken = Received(held.path, await in_thread(hash_file, held.path), going_on.length)
    actions.check_arrived(going_on.file, taken, going_on.sha256)
    found = await examine(held.path, going_on.file.file_name)
    await store().put(held.path, taken.sha256)
    return _Arrived(taken, found)


async def _record(ctx: Context, upload: Upload, offset: int, arrived: _Arrived | None) -> Response:
    """Record how far it is, or that the file is here; then the spool forgets it."""
    answer = Response(status_code=204, headers=tus.state_of(offset, upload.expires_at))
    if arrived is not None:
        await actions.receive_content(ctx, upload.file_id, None, *arrived)
        actions.finish_upload(ctx, upload)
        answer.background = _forget(upload.id)
    return answer


def _forget(upload_id: UUID) -> BackgroundTask:
    """Free the spool once the answer is sent, and so the transaction committed."""
    return BackgroundTask(in_thread, resumable.discard, resumable.place(upload_id))


def _created(request: Request, upload_id: UUID, answer: Response) -> Response:
    answer.status_code = 201
    answer.headers["Location"] = request.app.url_path_for("continue_upload", id=str(upload_id))
    return answer
