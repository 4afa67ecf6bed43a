"""Read a thread: all of a unit's things that the caller may see, and the way between them."""

import re
from collections import defaultdict
from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import NotFound
from sihao.threads.queries.nodes import Loaded, find_unit, list_evidence, list_nodes
from sihao.threads.queries.recurrences import list_recurrences
from sihao.threads.schemas import (
    NodeKind,
    RecurrenceQuery,
    ThreadNode,
    ThreadPublic,
    Why,
)
from sihao.units import queries as units

_COURSE = list(NodeKind)
_MATTERS = (NodeKind.ENTRY, NodeKind.PROBLEM, NodeKind.FINDING)
_CODE = re.compile(r"^([A-Z]*)(\d*)")


async def get_thread(ctx: Context, kind: NodeKind, ident: UUID) -> ThreadPublic:
    """Follow a thing back to where it comes from, and on to all that came of it.

    Raises `NotFound` for what the caller may not see.
    """
    ctx.require_scope("plan:read")
    unit_id = await find_unit(ctx, kind, ident)
    unknown = NotFound("thread.unknown", "没有这件事的来龙去脉，或您不能查看。", "No such thing.")
    if unit_id is None:
        raise unknown
    unit = await units.get_unit(ctx, unit_id)
    loaded = await list_nodes(ctx, unit.id)
    again = await list_recurrences(ctx, RecurrenceQuery(unit_id=unit.id))
    for one in again:
        loaded.join(one.earlier_id, one.id, Why.FOUND_AGAIN)
        if one.id in loaded.nodes:
            loaded.nodes[one.id].found_again = one.earlier_year
    if kind is NodeKind.EVIDENCE:
        await list_evidence(ctx, loaded, list(loaded.nodes), only=ident)
    if ident not in loaded.nodes:  # a piece that shows an item, and nothing of these
        raise unknown
    reached = _walk(loaded, ident)
    await list_evidence(ctx, loaded, reached)
    kept = reached | {
        edge.target_id
        for edge in loaded.edges
        if edge.why is Why.SHOWS and edge.source_id in reached
    }
    return ThreadPublic(
        unit_id=unit.id,
        unit_name=unit.name,
        nodes=sorted((loaded.nodes[one] for one in kept), key=_place),
        edges=[one for one in loaded.edges if {one.source_id, one.target_id} <= kept],
    )


def _walk(loaded: Loaded, start: UUID) -> set[UUID]:
    """Go back from the start to all it comes from, and forth to all that came of it.

    Never back and forth by turns: what else came of the same beginning is another thread. Only of a
    problem, finding or meeting that it comes from it is told what was done about that; an
    interview's many grounds are named and no more.
    """
    back: dict[UUID, list[UUID]] = defaultdict(list)
    forth: dict[UUID, list[UUID]] = defaultdict(list)
    origins: dict[UUID, list[UUID]] = defaultdict(list)
    for edge in loaded.edges:
        back[edge.target_id].append(edge.source_id)
        forth[edge.source_id].append(edge.target_id)
        if edge.why is not Why.GROUNDS:
            origins[edge.target_id].append(edge.source_id)
    came_of = {one for one in _follow(origins, start) if loaded.nodes[one].kind in _MATTERS}
    done = {
        edge.target_id
        for edge in loaded.edges
        if edge.source_id in came_of and edge.why in (Why.ANSWERS, Why.PUT_RIGHT)
    }
    return _follow(back, start) | _follow(forth, start) | done


def _follow(ways: dict[UUID, list[UUID]], start: UUID) -> set[UUID]:
    reached, ahead = {start}, [start]
    while ahead:
        for one in ways.get(ahead.pop(), []):
            if one not in reached:
                reached.add(one)
                ahead.append(one)
    return reached


def _place(node: ThreadNode) -> tuple[int, int, str, int, str, str]:
    """By year, in the course of the year, by item, by day."""
    letter, number = _CODE.findall(node.code or "")[0]
    order = (letter, int(number or 0), str(node.on or ""), str(node.id))
    return node.year, _COURSE.index(node.kind), *order
