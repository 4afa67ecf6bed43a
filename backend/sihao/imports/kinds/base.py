"""What every kind of import is made of."""

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol
from uuid import UUID

from sihao.core.context import Context
from sihao.imports.checking import Layout, Place
from sihao.imports.columns import Sheet
from sihao.imports.schemas import RowError

Record = tuple[Any, ...]


class Check(Protocol):
    """One file of a kind while it is read, checked and written, inside one transaction.

    Rows go to the temporary table `table`, which `ddl` makes; its first columns are `n`, `row` and
    `sheet`. `settle` makes the table `<table>_plan` (n, target, action), where `action` is created,
    updated, unchanged or refused.
    """

    @property
    def table(self) -> str:
        """The temporary table's name."""
        ...

    @property
    def ddl(self) -> str:
        """What makes it."""
        ...

    @property
    def columns(self) -> Sequence[str]:
        """What `take` gives of each row, in this order."""
        ...

    def lay_out(self, sheet: str, headings: Sequence[str]) -> Layout:
        """Find the columns; raise `Invalid` when they are not those of the template."""
        ...

    def take(self, places: Sequence[Place]) -> tuple[list[Record], list[RowError]]:
        """Check rows by the form's own validators; give what goes into the table, without `n`."""
        ...

    async def settle(self, ctx: Context) -> list[RowError]:
        """Compare with what is stored, in SQL; give what is wrong beyond a single row."""
        ...

    async def write(self, ctx: Context, job_id: UUID) -> None:
        """Write what is planned as created or updated, each row with its event."""
        ...


class Kind(Protocol):
    """Something that can be imported."""

    title: ClassVar[str]
    needs_campaign: ClassVar[bool]

    def sheets(self) -> list[Sheet]:
        """Give the sheets of the template."""
        ...

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:
        """Raise what the form would raise for whoever may not write any of it now."""
        ...

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> Check:
        """Read in bulk whatever rows may refer to."""
        ...
