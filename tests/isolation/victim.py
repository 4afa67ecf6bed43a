"""What the victim of the sweep has besides its part in the city: one row of every other kind."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import select

from sihao.ballots.models import Ballot
from sihao.core.context import Role
from sihao.documents.lifecycle import DocumentState
from sihao.documents.models import Document, DocumentKind, DocumentRecipient
from sihao.documents.paper import Paper
from sihao.evidence.models import Evidence, EvidenceFile, EvidenceManifest, Upload
from sihao.exports.models import ExportJob
from sihao.extras.lifecycle import ExtraOrigin, ExtraState
from sihao.extras.models import Extra, MatterKind
from sihao.imports.models import ImportJob
from sihao.inspections.models import Recusal
from sihao.provisioning.models import DirectoryGroup
from sihao.results.models import (
    AnnualResult,
    Commendation,
    Comparison,
    NoticeObjection,
    ResultCorrection,
)
from sihao.units.models import Unit
from sihao.webhooks.models import Signature, Webhook
from tests.conftest import World
from tests.factories import STAMPS, make_person


async def add_what_a_poor_unit_has_not(world: World, victim: Unit) -> None:
    """Commend the victim too, let an inspector stand back from it, hold things against it."""
    (comparison, *_) = await world.all(select(Comparison))
    person, _ = await make_person(world)
    of = {"unit_id": victim.id}
    (file, *_) = await world.all(select(EvidenceFile).where(EvidenceFile.unit_id == victim.id))
    (piece,) = await world.all(select(Evidence).where(Evidence.id == file.evidence_id))
    soon = datetime.now(UTC) + timedelta(days=1)
    upload = {"file_id": file.id, "person_id": person.id, "length": 9, **of}
    sizes = {"lines": 1, "total_size": 9, "late": False, "content_hash": "0" * 64}
    manifest = EvidenceManifest(
        campaign_id=piece.campaign_id, received_at=soon, made_by="机关党委", **sizes, **of
    )
    asked = {"person_id": person.id, "asked_by": "机关党委", **of}
    await world.add(
        Commendation(comparison_id=comparison.id, place=1, merits="党建有成效", **of, **STAMPS),
        NoticeObjection(
            comparison_id=comparison.id, text="年内有责任事故", filed_by="机关党委", **of, **STAMPS
        ),
        Recusal(person_id=person.id, reason="近亲属在该单位任职", **of),
        Upload(created_at=soon, expires_at=soon, **upload),
        Ballot(
            campaign_id=piece.campaign_id,
            title="民主测评",
            opens_at=soon,
            closes_at=soon + timedelta(days=1),
            **of,
            **STAMPS,
        ),
        DirectoryGroup(
            name=f"unit.office@{victim.code}", role=Role.UNIT_OFFICE, unit_id=victim.id, **STAMPS
        ),
        manifest,
        a_penalty_on_notice(piece),
        await a_correction(world, victim),
        ImportJob(kind="units", format="csv", file_name="单位.csv", size=1, **asked, **STAMPS),
        Webhook(
            name="督查系统",
            url="https://hooks.example/",
            events=["*"],
            signature=Signature.HMAC,
            sealed="",
            txid=0,
            seq=0,
            **of,
            **STAMPS,
        ),
        ExportJob(kind="units", format="csv", **asked, **STAMPS),
    )
    await issue_a_letter(world, victim, piece.campaign_id)


async def issue_a_letter(world: World, victim: Unit, campaign_id: UUID) -> None:
    """Issue a letter to the victim, who has not confirmed its receipt."""
    paper = Paper(organ="市直机关工委", title="检查反馈意见", blocks=(), number="测试函〔2026〕1号")
    letter = Document(
        unit_id=victim.id,
        campaign_id=campaign_id,
        kind=DocumentKind.FEEDBACK_LETTER,
        subject_id=uuid4(),
        title=paper.title,
        series="测试函",
        state=DocumentState.ISSUED,
        year=2026,
        ordinal=1,
        number=paper.number,
        issued_on=STAMPS["created_at"].date(),
        frozen=paper.model_dump_json(),
        drafted_by="工委干部",
        **STAMPS,
    )
    await world.add(letter)
    await world.add(DocumentRecipient(document_id=letter.id, unit_id=victim.id))


def a_penalty_on_notice(piece: Evidence) -> Extra:
    """Hold something against the unit that has handed in this piece."""
    return Extra(
        unit_id=piece.unit_id,
        campaign_id=piece.campaign_id,
        evidence_id=piece.id,
        code="K1",
        kind=MatterKind.PENALTY,
        clause="发生失泄密事件",
        fact="三月发生一起失泄密事件",
        state=ExtraState.NOTICED,
        origin=ExtraOrigin.COMMITTEE,
        raised_by="工委干部",
        noticed_at=STAMPS["created_at"],
        notice_until=STAMPS["created_at"],
        **STAMPS,
    )


async def a_correction(world: World, victim: Unit) -> ResultCorrection:
    """Draft a correction of the victim's result that changes nothing."""
    (result, *_) = await world.all(select(AnnualResult).where(AnnualResult.unit_id == victim.id))
    stated = ("total", "grade", "inputs", "inputs_hash", "outcome", "outcome_hash")
    said = {name: getattr(result, name) for name in stated}
    return ResultCorrection(
        unit_id=victim.id,
        result_id=result.id,
        revision=2,
        reason="复核",
        drafted_by="工委干部",
        **said,
        **{f"before_{name}": value for name, value in said.items()},
        **STAMPS,
    )
