"""Who reads which document.

The committee reads all. A unit reads what was issued to it, and never a draft: of an interview its
lead and deputy alone, of rectifications those who do the work. The leadership reads what was
issued, a department the letter of its own case.
"""

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from sihao.core.context import COMMITTEE, UNIT_ROLES, UNIT_WRITERS, Actor, Role
from sihao.core.errors import Conflict
from sihao.documents.lifecycle import DocumentState
from sihao.documents.models import Document, DocumentKind, DocumentRecipient
from sihao.followups import policy as followups
from sihao.followups.models import Referral

_STAFF = COMMITTEE | {Role.SYSTEM}
_LEADS = frozenset({Role.UNIT_LEAD, Role.UNIT_DEPUTY})
READERS = {
    DocumentKind.INTERVIEW_NOTICE: _LEADS,
    DocumentKind.RECTIFICATION_NOTICE: UNIT_WRITERS,
}
"""Who of a unit reads a kind, where not everybody of it does."""


def visible(actor: Actor) -> ColumnElement[bool]:
    """Documents: the committee all; others once issued and as far as they are theirs."""
    if actor.has(_STAFF):
        return true()
    allowed: list[ColumnElement[bool]] = [false()]
    if actor.has({Role.LEADERSHIP}):
        allowed.append(true())
    if actor.has(UNIT_ROLES):
        allowed.append(and_(_is_sent_to(actor), _may_read_kind(actor)))
    if actor.has({Role.RECEIVER}):
        case = exists().where(
            col(Referral.id) == col(Document.subject_id), followups.visible_referrals(actor)
        )
        allowed.append(and_(col(Document.kind) == DocumentKind.REFERRAL_LETTER, case))
    return and_(col(Document.state) != DocumentState.DRAFT, or_(*allowed))


def _is_sent_to(actor: Actor) -> ColumnElement[bool]:
    sent = aliased(DocumentRecipient)
    return exists().where(col(sent.document_id) == col(Document.id), actor.owns(sent.unit_id))


def _may_read_kind(actor: Actor) -> ColumnElement[bool]:
    closed = [kind for kind, roles in READERS.items() if not actor.has(roles)]
    return col(Document.kind).not_in(closed)


def visible_recipients(actor: Actor) -> ColumnElement[bool]:
    """Recipients: the committee and the leadership all, a unit its own line."""
    if actor.has(_STAFF | {Role.LEADERSHIP}):
        return true()
    return actor.owns(DocumentRecipient.unit_id) if actor.has(UNIT_ROLES) else false()


def may_edit(actor: Actor, row: Document) -> bool:
    """Tell whether the actor may change a document now."""
    return actor.has({Role.OFFICER}) and row.state is DocumentState.DRAFT


def check_editable(row: Document) -> None:
    """What was issued stays as it is. Raise `Conflict`."""
    if row.state is not DocumentState.DRAFT:
        code, zh = "document.issued", "公文签发之后不能再修改；有误的请撤回后另发。"
        raise Conflict(code, zh, "It has been issued.", state=row.state)


def may_receive(actor: Actor, row: Document) -> bool:
    """Tell whether the actor confirms receipt for the own unit."""
    return row.state is DocumentState.ISSUED and actor.has(READERS.get(row.kind, UNIT_WRITERS))
