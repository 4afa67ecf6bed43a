"""Evidence for tests."""

from datetime import UTC, datetime
from hashlib import sha256

from sqlmodel import select

from sihao.core import files
from sihao.evidence.lifecycle import EvidenceState
from sihao.evidence.models import Blob, Evidence, EvidenceLink, Verdict
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
    if state is not EvidenceState.PROMISED:
        fields = {**await _store(world, content), **fields}
    fields = {"title": "党组会议纪要", "file_name": "党组会议纪要.txt", **fields}
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
    for criterion in shows:
        await make_link(
            world, evidence, criterion_id=criterion.id, verdict=verdict, locked_at=locked_at
        )
    return evidence


async def make_link(world, evidence: Evidence, **fields) -> EvidenceLink:
    """Link a piece: `criterion_id=`, `measure_id=`, `entry_id=` or `finding_id=`."""
    link = EvidenceLink(unit_id=evidence.unit_id, evidence_id=evidence.id, **fields, **STAMPS)
    await world.add(link)
    return link


async def _store(world, content: bytes) -> dict[str, object]:
    digest, now = sha256(content).hexdigest(), datetime.now(UTC)
    path = files.address(digest)
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
