"""Read records of interviews, and who reads them."""

from datetime import date
from uuid import UUID

from sqlalchemy import and_, or_
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from sihao.accounts.models import Person, RoleGrant
from sihao.core.canonical import canonical, digest
from sihao.core.context import COMMITTEE, Context, Role
from sihao.core.errors import NotFound
from sihao.followups import policy
from sihao.followups.models import Interview, InterviewRecord
from sihao.followups.schemas.records import InOffice, Nameable, Reader, RecordPublic
from sihao.units import policy as units
from sihao.units.models import Member, Term


async def find_record(
    ctx: Context, interview_id: UUID, *, lock: bool = False
) -> InterviewRecord | None:
    """Find the record of an interview, if there is one and the actor reads it."""
    rows = select(InterviewRecord).where(
        InterviewRecord.interview_id == interview_id, policy.visible_records(ctx.actor)
    )
    return (await ctx.db.exec(rows.with_for_update() if lock else rows)).first()


async def get_record(ctx: Context, interview_id: UUID, *, lock: bool = False) -> InterviewRecord:
    """Read the record; raise `NotFound` for whoever is none of its readers."""
    record = await find_record(ctx, interview_id, lock=lock)
    if record is None:
        code, zh = "interview_record.unknown", "还没有约谈记录，或您不在可阅人员之列。"
        raise NotFound(code, zh, "There is no record, or you are none of its readers.")
    return record


def content_hash(interview: Interview, record: InterviewRecord) -> str:
    """Say in 64 hexadecimal digits what a confirmation confirms."""
    told = record.model_dump(include={"attendees", "attendance", "text"})
    return digest(canonical({**told, "held_on": interview.held_on, "place": interview.place}))


def show_record(ctx: Context, interview: Interview, record: InterviewRecord) -> RecordPublic:
    """Represent a record to one of its readers."""
    return RecordPublic(
        **record.model_dump(exclude={"readers"}),
        held_on=interview.held_on,
        place=interview.place,
        content_hash=content_hash(interview, record),
        may_edit=policy.may_edit_record(ctx.actor, interview),
    )


async def list_in_office(ctx: Context, unit_id: UUID, on: date) -> list[InOffice]:
    """List who belonged to a unit's team on a day, by rank."""
    in_office = sa_select(col(Term.id)).where(
        col(Term.member_id) == col(Member.id),
        col(Term.started_on) <= on,
        or_(col(Term.ended_on).is_(None), col(Term.ended_on) >= on),
    )
    rows = (
        select(Member)
        .where(Member.unit_id == unit_id, units.visible_members(ctx.actor), in_office.exists())
        .order_by(col(Member.rank_order), col(Member.id))
    )
    return [
        InOffice(member_id=one.id, name=one.name, duty=one.duty) for one in await ctx.db.exec(rows)
    ]


async def list_readers(ctx: Context, record: InterviewRecord) -> list[Reader]:
    """List who may read a record: by role, as its note taker, by name."""
    by_role = or_(
        col(RoleGrant.role) == Role.LEADER,
        and_(col(RoleGrant.role) == Role.UNIT_LEAD, col(RoleGrant.unit_id) == record.unit_id),
    )
    rows = (
        sa_select(col(Person.id), col(Person.display_name), col(RoleGrant.role))
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(or_(by_role, col(Person.id).in_(record.readers)), col(Person.disabled_at).is_(None))
        .order_by(col(Person.display_name), col(Person.id))
    )
    found: dict[UUID, Reader] = {}
    for ident, name, role in await ctx.db.execute(rows):
        why = {Role.LEADER: "leader", Role.UNIT_LEAD: "lead"}.get(role)
        if why is None or ident not in found:
            taker = record.readers[:1] == [ident]
            found[ident] = Reader(
                id=ident, name=name, role=why or ("note_taker" if taker else "named")
            )
    return list(found.values())


async def list_nameable(ctx: Context, unit_id: UUID) -> list[Nameable]:
    """List whom a record may name: the committee's staff, the unit's deputies; no one's office."""
    role, person = col(RoleGrant.role), col(RoleGrant.person_id)
    deputies = and_(role == Role.UNIT_DEPUTY, col(RoleGrant.unit_id) == unit_id)
    offices = sa_select(person).where(role == Role.UNIT_OFFICE)
    rows = (
        sa_select(col(Person.id), col(Person.display_name))
        .join(RoleGrant, person == col(Person.id))
        .where(or_(role.in_(COMMITTEE), deputies), person.not_in(offices))
        .where(col(Person.disabled_at).is_(None))
        .distinct()
        .order_by(col(Person.display_name), col(Person.id))
    )
    return [Nameable(id=ident, name=name) for ident, name in await ctx.db.execute(rows)]
