"""Tell a writer who came second what somebody else wrote meanwhile, field by field."""

from datetime import datetime
from typing import Protocol

from pydantic import BaseModel

from sihao.core.errors import Stale
from sihao.core.etag import check_version


class _Tagged(Protocol):
    version: int
    updated_at: datetime
    updated_by: str


def check_fields(row: _Tagged, version: int, mine: BaseModel, theirs: BaseModel) -> None:
    """Compare the version; a `Stale` says who changed the row and where both texts differ.

    `mine` is what the caller sends, `theirs` what is stored, in the same form. Fields on which both
    agree are left out: there is nothing to choose.
    """
    try:
        check_version(row, version)
    except Stale as stale:
        sent, stored = mine.model_dump(), theirs.model_dump()
        stale.extra["fields"] = [
            {"field": name, "mine": sent[name], "theirs": stored[name]}
            for name in sent
            if sent[name] != stored[name]
        ]
        raise
