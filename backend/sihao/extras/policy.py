"""Who sees bonuses, penalties and vetoes, and who may raise which."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from sihao.campaigns.lifecycle import CampaignState
from sihao.campaigns.models import Campaign
from sihao.core.context import COMMITTEE, UNIT_ROLES, Actor, Role
from sihao.extras.lifecycle import ExtraOrigin, ExtraState
from sihao.extras.lines import ListLine
from sihao.extras.models import Extra, MatterKind
from sihao.inspections.models import CoAssessment

_RAISING = (CampaignState.OPEN, CampaignState.INSPECTING)


def visible(actor: Actor) -> ColumnElement[bool]:
    """All for the committee; for others what concerns them.

    The unit sees its own from the public notice on, and what it applied for; the leadership from
    the notice on; a department its vetoes; another system what has taken effect.
    """
    if actor.has({*COMMITTEE, Role.SYSTEM}):
        return true()
    noticed = col(Extra.noticed_at).is_not(None)
    allowed: list[ColumnElement[bool]] = [false()]
    if actor.has({Role.LEADERSHIP}):
        allowed.append(noticed)
    if actor.has(UNIT_ROLES):
        applied = col(Extra.origin) == ExtraOrigin.UNIT
        allowed.append(and_(actor.owns(Extra.unit_id), or_(noticed, applied)))
    if actor.has({Role.COASSESSOR}):
        head = aliased(CoAssessment)
        own = exists().where(
            col(head.id) == col(Extra.co_assessment_id), col(head.owner_id) == actor.id
        )
        allowed.append(own)
    if "result:read" in actor.scopes:
        effective = col(Extra.state) == ExtraState.EFFECTIVE
        allowed.append(and_(effective, actor.sees(Extra.unit_id)))
    return or_(*allowed)


def awaiting(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Tell what waits for this actor: a notice, an answer, a decision, a word before it."""
    noticed = and_(
        col(Extra.state) == ExtraState.NOTICED, _in_phase(*_RAISING, CampaignState.SETTLING)
    )
    over, heard = col(Extra.notice_until) <= now, col(Extra.view) != ""
    answered = col(Extra.answer) != ""
    mine: list[ColumnElement[bool]] = [false()]
    if actor.has({Role.OFFICER}):
        mine.append(and_(col(Extra.state) == ExtraState.RAISED, _in_phase(*_RAISING)))
        mine.append(and_(noticed, heard, ~answered))
    if actor.has({Role.LEADER}):
        mine.append(and_(noticed, over, or_(~heard, answered)))
    if actor.has({Role.UNIT_LEAD, Role.UNIT_DEPUTY}):
        mine.append(and_(noticed, ~over, ~heard, actor.owns(Extra.unit_id)))
    return or_(*mine)


def _in_phase(*phases: CampaignState) -> ColumnElement[bool]:
    campaign = aliased(Campaign)
    return exists().where(
        col(campaign.id) == col(Extra.campaign_id), col(campaign.state).in_(phases)
    )


def why_not_raise(actor: Actor, line: ListLine, head: CoAssessment | None) -> str | None:
    """Give the sentence that says who raises such a thing, or None for who may.

    `head` is the year's merged assessment that the line names, if it is there.
    """
    if line.assessment:
        if head is None:
            return f"本年度没有设并入考核 {line.assessment}，这项否决没有提出的部门。"
        owns = actor.has({Role.COASSESSOR}) and head.owner_id == actor.id
        return None if owns else f"这项否决只能由负责“{head.title}”考核的部门提出。"
    if actor.has({Role.OFFICER}):
        return None
    if line.kind is not MatterKind.BONUS:
        word = "否决" if line.kind is MatterKind.VETO else "减分"
        return f"这项{word}由市直机关工委提出。"
    if actor.has({Role.UNIT_OFFICE, Role.UNIT_DEPUTY}):
        return None
    return "加分由市直机关工委提出，或者由本单位机关党委、分管负责同志申请。"


def origin_of(actor: Actor, line: ListLine) -> ExtraOrigin:
    """Tell whose proposal it is when this actor, who may, raises it."""
    if line.assessment:
        return ExtraOrigin.DEPARTMENT
    return ExtraOrigin.COMMITTEE if actor.has({Role.OFFICER}) else ExtraOrigin.UNIT
