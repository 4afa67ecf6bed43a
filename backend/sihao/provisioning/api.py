"""`/scim/v2`: people and groups for a directory, in the words and errors of SCIM 2.0."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from sihao.accounts.auth import Ctx, release
from sihao.core.routes import ProductRoute, Router
from sihao.provisioning.naming import ADDRESS
from sihao.provisioning.queries import open_directory

_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_UNPROCESSABLE, _CONFLICT = 422, 409


class DirectoryRoute(ProductRoute):
    """Has whatever goes wrong told as the protocol tells it (RFC 7644 §3.12)."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the product's handler."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            request.state.write_problem = _write
            return await handle(request)

        return handler


router = Router(prefix=ADDRESS, tag="scim")
router.route_class = DirectoryRoute


@router.api_route(
    "/{path:path}",
    methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
    operation_id="directory_serve",
    include_in_schema=False,
)
async def serve(ctx: Ctx, request: Request) -> Response:
    """Serve a directory; its protocol describes itself at `/scim/v2/Schemas`."""
    from scim2_models import SCIMException  # noqa: PLC0415 - megabytes, for directories alone

    from sihao.provisioning import protocol  # noqa: PLC0415 - the same

    try:
        return await protocol.answer(await open_directory(ctx), request)
    except SCIMException as error:
        await release(ctx)
        return protocol.refusal(error)


def _write(status: int, code: str, detail: str, headers: dict[str, str] | None) -> Response:
    """Write a problem of the product as an error of the protocol, the code before the words."""
    said: dict[str, str] = {}
    if status == _UNPROCESSABLE:
        status, said = 400, {"scimType": "invalidValue"}
    elif status == _CONFLICT and code.endswith((".taken", "constraint.uq_person_name")):
        said = {"scimType": "uniqueness"}
    body = {"schemas": [_ERROR], "status": str(status), "detail": f"{code}: {detail}", **said}
    return JSONResponse(body, status, headers=headers, media_type="application/scim+json")
