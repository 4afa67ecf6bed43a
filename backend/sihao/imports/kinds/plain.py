"""Kinds with some thousand rows at most: read whole, compared in one query, written in bulk."""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from sihao.core.context import Context
from sihao.core.errors import Invalid
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import touch
from sihao.imports.checking import Layout, Place, lay_out
from sihao.imports.columns import Column, is_blank
from sihao.imports.schemas import RowError

MOST = 20_000
SYSTEM_ID = Column("id", "系统编号", hint="导出时带出，用来对应原有记录；新增的不填。", width=12)


@dataclass(slots=True)
class Draft:
    """A row that is valid by itself: its key, and the values that are stored of it."""

    place: Place
    key: Hashable
    values: dict[str, Any]
    more: dict[str, Any] = field(default_factory=dict)
    """What is stored elsewhere than in the row's own columns."""
    row: Any = None
    """The stored row it changes; None for a new one."""
    changed: list[str] = field(default_factory=list)


Rejected = list[RowError]
Form = TypeVar("Form", bound=BaseModel)


class Told(NamedTuple):
    """What an event is about, and who hears of it."""

    subject: str
    unit_id: UUID | None
    audience: Audience
    always: Mapping[str, Any] = MappingProxyType({})
    """What it says of a new row and of a changed one."""


class PlainCheck(ABC):
    """One file of such a kind."""

    columns: ClassVar[tuple[Column, ...]]
    key_column: ClassVar[str]
    """The column that an error about the key is told at."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.drafts: list[Draft] = []

    def lay_out(self, sheet: str, headings: Sequence[str]) -> Layout:  # noqa: ARG002 - any title
        """Find the columns."""
        return lay_out(headings, self.columns)

    async def stage(self, ctx: Context, places: Sequence[Place]) -> Rejected:  # noqa: ARG002 - kept
        """Read and validate rows one by one."""
        errors: Rejected = []
        for place in places:
            values = {}
            for at, column in place.layout.columns:
                cell = place.cells[at] if at < len(place.cells) else None
                if not is_blank(cell):
                    values[column.name] = column.read(cell)
            made = self.read(place, values)
            if isinstance(made, Draft):
                self.drafts.append(made)
            else:
                errors += made
        if len(self.drafts) > MOST:
            zh = f"这类内容一次最多导入 {MOST} 行，请拆分文件。"
            raise Invalid("import.rows", zh, "Too many rows for this kind.")
        return errors

    async def settle(self, ctx: Context) -> tuple[dict[str, int], Rejected]:
        """Match rows with what is stored, and compare."""
        counts = dict.fromkeys(("created", "updated", "unchanged"), 0)
        errors: Rejected = []
        known = await self.find(ctx)
        taken: set[Hashable] = set()
        kept = []
        for draft in self.drafts:
            draft.row = known.get(draft.key)
            same = draft.key if draft.row is None else draft.row.id
            refused = self.refuse(draft)
            if refused is None and same is not None and same in taken:
                refused = draft.place.error(
                    self.key_column, "import.twice", "文件中有两行是同一条记录，请只保留一行。"
                )
            if refused is not None:
                errors.append(refused)
                continue
            taken.add(same)
            if draft.row is None:
                counts["created"] += 1
            else:
                draft.changed = self.differences(draft)
                counts["updated" if draft.changed else "unchanged"] += 1
            if draft.row is None or draft.changed:
                kept.append(draft)
        self.drafts = kept
        return counts, errors

    async def write(self, ctx: Context, job_id: UUID) -> None:
        """Add what is new, change what is different."""
        for draft in self.drafts:
            if draft.row is None:
                self.create(ctx, draft)
            else:
                draft.row.sqlmodel_update(draft.values)
                touch(ctx, draft.row)
        await ctx.db.flush()
        for draft in self.drafts:
            self.record(ctx, draft, str(job_id))
        await ctx.db.flush()

    @abstractmethod
    def read(self, place: Place, values: dict[str, Any]) -> Draft | Rejected:
        """Resolve references and validate as the form does."""

    @abstractmethod
    async def find(self, ctx: Context) -> Mapping[Hashable, Any]:
        """Read and hold, by key, the stored rows that the drafts may mean."""

    def refuse(self, draft: Draft) -> RowError | None:  # noqa: ARG002 - most refuse none
        """Say why a row that is valid by itself cannot be taken."""
        return None

    def differences(self, draft: Draft) -> list[str]:
        """Name the fields in which a row differs from what is stored."""
        return sorted(n for n, value in draft.values.items() if getattr(draft.row, n) != value)

    @abstractmethod
    def create(self, ctx: Context, draft: Draft) -> None:
        """Add a new row and set it as the draft's."""

    def tell(self, ctx: Context, draft: Draft, job_id: str, event: Told, **created: Any) -> None:
        """Emit the event that the form emits, with the import it came by."""
        done, said = "created", created
        if draft.changed:
            done, said = "updated", {"fields": draft.changed}
        emit(
            ctx,
            f"{event.subject}.{done}",
            draft.row.id,
            event.unit_id,
            audience=event.audience,
            import_id=job_id,
            **event.always,
            **said,
        )

    @abstractmethod
    def record(self, ctx: Context, draft: Draft, job_id: str) -> None:
        """Write the event, and what hangs on the row."""


def validated(schema: type[Form], place: Place, values: Mapping[str, Any]) -> Form | Rejected:
    """Validate by the form's own schema."""
    try:
        return schema.model_validate(dict(values))
    except ValidationError as error:
        return [
            place.complaint(str(one["loc"][0]) if one["loc"] else "", one)
            for one in error.errors(include_url=False)
        ]


def identified(
    place: Place, values: dict[str, Any], code: str, hint: str
) -> UUID | Rejected | None:
    """Take the id out of a row's values."""
    told = values.pop("id", None)
    try:
        return UUID(str(told)) if told else None
    except ValueError:
        return [place.error("id", code, hint)]
