"""Evidence for tests."""

from datetime import UTC, datetime
from hashlib import sha256

from sqlmodel import select

from sihao.core.settings import settings
from sihao.core.stores.local import LocalStore
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, Evidence, EvidenceFile, EvidenceLink, Verdict
from tests.factories import STAMPS

CONTENT = "党组会议纪要\n".encode()


async def make_evidence(
    world,
    unit,
    campaign,
    *,
    state=EvidenceState.AVAILABLE,
    content: bytes = CONTENT,
    shows=(),
    verdict=Verdict.UNREVIEWED,
    locked_at=None,
    **fields,
) -> Evidence:
    """Make a piece of evidence with its bytes; `shows` are the criteria it is linked to."""
    file = {name: fields.pop(name) for name in ("file_name", "media_type") if name in fields}
    if state is not EvidenceState.PROMISED:
        fields.setdefault("received_at", datetime.now(UTC))
    fields = {"title": "党组会议纪要", **fields}
    evidence = Evidence(
        unit_id=unit.id,
        campaign_id=campaign.id,
        state=state,
        not_secret=True,
        uploaded_by=fields.pop("uploaded_by", "机关党委"),
        **fields,
        **STAMPS,
    )
    await world.add(evidence)
    await make_file(world, evidence, None if state is EvidenceState.PROMISED else content, **file)
    for criterion in shows:
        await make_link(
            world, evidence, criterion_id=criterion.id, verdict=verdict, locked_at=locked_at
        )
    return evidence


async def make_file(
    world, evidence: Evidence, content: bytes | None = None, **fields
) -> EvidenceFile:
    """Add a file to a piece; without content it is still to come."""
    stored = {} if content is None else await store_bytes(world, content)
    file = EvidenceFile(
        unit_id=evidence.unit_id,
        evidence_id=evidence.id,
        uploaded_by=evidence.uploaded_by,
        **{
            "position": 1,
            "file_name": "党组会议纪要.txt",
            "promised_at": evidence.created_at,
            **stored,
            **fields,
        },
    )
    await world.add(file)
    return file


async def files_of(world, evidence: Evidence) -> list[EvidenceFile]:
    """Read the files of a piece in order."""
    rows = select(EvidenceFile).where(EvidenceFile.evidence_id == evidence.id)
    return await world.all(rows.order_by(EvidenceFile.position, EvidenceFile.promised_at))


def stored_at(sha256: str):
    """Tell where the local store keeps these bytes."""
    return LocalStore(settings().blob_dir).address(sha256)


async def make_link(world, evidence: Evidence, **fields) -> EvidenceLink:
    """Link a piece: `criterion_id=`, `measure_id=`, `entry_id=` or `finding_id=`."""
    link = EvidenceLink(unit_id=evidence.unit_id, evidence_id=evidence.id, **fields, **STAMPS)
    await world.add(link)
    return link


async def store_bytes(world, content: bytes) -> dict[str, object]:
    digest, now = sha256(content).hexdigest(), datetime.now(UTC)
    path = stored_at(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if not await world.all(select(Blob).where(Blob.sha256 == digest)):
        await world.add(Blob(sha256=digest, size=len(content), stored_at=now))
    return {
        "sha256": digest,
        "size": len(content),
        "media_type": "text/plain",
        "received_at": now,
    }
