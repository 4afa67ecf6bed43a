"""Optimistic concurrency: strong ETags, `If-Match` on every write to an existing thing."""

import re
from datetime import datetime
from typing import Annotated, Protocol

from fastapi import Depends, Header, Response

from sihao.core.errors import BadRequest, PreconditionRequired, Stale

_TAG = re.compile(r'"(\d{1,9})"')


class _Tagged(Protocol):
    version: int
    updated_at: datetime
    updated_by: str


def _if_match(if_match: Annotated[str | None, Header()] = None) -> int:
    if if_match is None:
        raise PreconditionRequired(
            "etag.required",
            "缺少 If-Match：请带上所修改内容的 ETag。",
            "Send If-Match with the ETag you are changing.",
            pointer="/header/If-Match",
        )
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise BadRequest(
            "etag.malformed",
            "If-Match 不是有效的 ETag。",
            "If-Match is not an ETag of ours.",
            pointer="/header/If-Match",
        )
    return int(found[1])


IfMatch = Annotated[int, Depends(_if_match)]
"""The version the client read."""


def etag(version: int) -> str:
    """Write a version as a strong ETag."""
    return f'"{version}"'


def tag(response: Response, row: _Tagged) -> None:
    """Put the row's ETag on the answer."""
    response.headers["ETag"] = etag(row.version)


def check_version(row: _Tagged, version: int) -> None:
    """Raise `Stale` with the current ETag, who changed the row and when."""
    if row.version != version:
        stale = Stale(
            "version.stale",
            f"内容已由{row.updated_by or '他人'}修改，请核对后再保存。",
            "Somebody else changed this since you read it.",
            etag=etag(row.version),
            changed_by=row.updated_by,
            changed_at=row.updated_at,
        )
        stale.headers["ETag"] = etag(row.version)
        raise stale
