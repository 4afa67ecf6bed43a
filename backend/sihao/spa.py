"""Serves the built pages: files as they are, and `index.html` for every address of the SPA.

The headers that every answer carries come from `core/http.py`.
"""

import os
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=()"
FOREVER = "public, max-age=31536000, immutable"
"""For files whose name carries a hash of their content: all below `assets/`."""
ASK_AGAIN = "no-cache"
NEVER_A_PAGE = frozenset({"api", "assets", "health", "metrics"})
"""First parts of paths at which a missing thing is missing, not a page of the SPA."""
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
"""Best first; a file is sent so when its packed twin lies beside it."""


class Pages(StaticFiles):
    """The built SPA in a folder; mount it at `/` after everything else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, else the start page, which finds the page that the address means."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as refusal:
            if refusal.status_code != HTTPStatus.NOT_FOUND or not _may_be_page(path):
                raise
            response = await super().get_response("index.html", scope)
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Permissions-Policy"] = PERMISSIONS
        response.headers["Cache-Control"] = FOREVER if path.startswith("assets/") else ASK_AGAIN
        return response

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = HTTPStatus.OK,
    ) -> Response:
        """The file or its packed twin; 304 when the client has it."""
        asked = Headers(scope=scope).get("accept-encoding", "")
        accepted = {part.split(";")[0].strip() for part in asked.split(",")}
        for encoding, ending in ENCODINGS:
            twin = Path(f"{full_path}{ending}")
            if encoding in accepted and twin.is_file():
                packed = super().file_response(twin, twin.stat(), scope, status_code)
                packed.headers.update({"Content-Encoding": encoding, "Vary": "Accept-Encoding"})
                return packed
        plain = super().file_response(full_path, stat_result, scope, status_code)
        plain.headers["Vary"] = "Accept-Encoding"
        return plain


def _may_be_page(path: str) -> bool:
    """Whether the SPA may know the path: not below the API, no file with an ending."""
    *_, last = parts = path.split("/")
    return parts[0] not in NEVER_A_PAGE and "." not in last
