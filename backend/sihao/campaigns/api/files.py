"""Workbooks and YAML files as bodies of requests and answers."""

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Query, Request, Response

from sihao.campaigns.workbooks import LARGEST, XLSX, YAML
from sihao.core.errors import TooLarge

FILES: dict[int | str, Any] = {
    media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in (XLSX, YAML)
}
"""What such a body may be, for the contract."""
Form = Annotated[Literal["xlsx", "yaml"], Query()]
_MEDIA = {"xlsx": XLSX, "yaml": YAML}


async def receive(request: Request) -> tuple[bytes, str]:
    """Read a file and its media type; raise `TooLarge`."""
    content = await request.body()
    if len(content) > LARGEST:
        raise TooLarge("file.too_large", "文件过大，最多 4 MB。", "At most 4 MB.")
    return content, request.headers.get("content-type", "").partition(";")[0].strip().lower()


def download(content: bytes, name: str, form: str) -> Response:
    """Answer with a file called `name`."""
    named = quote(f"{name}.{form}", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{named}"}
    return Response(content, media_type=_MEDIA[form], headers=headers)
