"""Read what is judged or signed and names a piece of evidence: while that stands, so does this."""

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Boolean, String, column, table
from sqlalchemy import Uuid as SaUuid
from sqlalchemy import select as sa_select

from sihao.core.context import Context
from sihao.evidence.models import Evidence

_NAMED = table(
    "evidence_named",
    column("evidence_id", SaUuid()),
    column("unit_id", SaUuid()),
    column("link_id", SaUuid()),
    column("kind", String()),
    column("label", String()),
    column("told", Boolean()),
)
"""A view of the database: most of what it lists belongs to later slices."""
_WORDS = {
    "self_report": "已签发的自查报告",
    "verdict": "采信意见",
    "rectification": "已报送的整改",
    "co_assessment": "并入考核结果",
    "decision": "检查扣分",
    "objection": "陈述申辩",
    "extra": "加减分事项",
    "notice_objection": "公示异议",
    "result": "年度结果",
    "correction": "结果更正",
}
_UNTOLD = "考核工作"
"""What names it when its unit may not know yet."""


class Naming(NamedTuple):
    """One that names it: what kind, which item or code, and whether its unit may know."""

    link_id: UUID | None
    kind: str
    label: str
    told: bool


async def list_namings(ctx: Context, evidence: Evidence) -> list[Naming]:
    """List what names a piece of the caller's own unit, links first."""
    rows = sa_select(_NAMED.c.link_id, _NAMED.c.kind, _NAMED.c.label, _NAMED.c.told).where(
        _NAMED.c.evidence_id == evidence.id, _NAMED.c.unit_id == evidence.unit_id
    )
    return [Naming(*row) for row in await ctx.db.execute(rows)]


def say_namings(namings: list[Naming]) -> tuple[str, ...]:
    """Say in words what names it, each kind once with its items; the untold without a name."""
    labels: dict[str, set[str]] = {}
    for one in namings:
        said = _WORDS[one.kind] if one.told else _UNTOLD
        labels.setdefault(said, set()).update({one.label} if one.told and one.label else ())
    return tuple(
        f"{said}（{'、'.join(sorted(codes))}）" if codes else said for said, codes in labels.items()
    )
