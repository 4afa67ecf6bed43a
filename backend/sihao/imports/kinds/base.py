"""What every kind of import is made of."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from sihao.core.context import Context
from sihao.imports.checking import Layout, Place
from sihao.imports.columns import Sheet
from sihao.imports.schemas import RowError


class Made(NamedTuple):
    """What a whole file became."""

    id: UUID
    name: str


class Check(Protocol):
    """One file of a kind while it is read, checked and written, inside one transaction."""

    def lay_out(self, sheet: str, headings: Sequence[str]) -> Layout:
        """Find the columns; raise `Invalid` when they are not those of the template."""
        ...

    async def stage(self, ctx: Context, places: Sequence[Place]) -> list[RowError]:
        """Check rows by the form's own validators and keep the good ones; give what is wrong."""
        ...

    async def settle(self, ctx: Context) -> tuple[dict[str, int], list[RowError]]:
        """Compare with what is stored; count created, updated, unchanged; give what is wrong."""
        ...

    async def write(self, ctx: Context, job_id: UUID) -> Made | None:
        """Write what is new or changed, each row with its event; tell what a whole file became."""
        ...


class Kind(Protocol):
    """Something that can be imported."""

    title: ClassVar[str]
    needs_campaign: ClassVar[bool]
    is_whole: ClassVar[bool]
    """Whether a file becomes one thing, which is made of all rows or not at all.

    Its time is the one at which it was sent or confirmed, not the one at which a worker came to it.
    """
    is_confirmed: ClassVar[bool]
    """Whether whoever sends it confirms that nothing in it is secret."""

    def sheets(self) -> list[Sheet]:
        """Give the sheets of the template."""
        ...

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:
        """Raise what the form would raise for whoever may not write any of it now."""
        ...

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> Check:
        """Read in bulk whatever rows may refer to."""
        ...
