"""`/document-archives`: a unit's year as one ZIP; `/exports` says when it is there."""

from fastapi import Depends, Response

from sihao.accounts.auth import Ctx
from sihao.core.etag import tag
from sihao.core.idempotency import require_key
from sihao.core.rates import costs
from sihao.core.routes import Router
from sihao.documents.actions.archives import create_archive
from sihao.documents.schemas import ArchiveCreate
from sihao.exports.schemas import ExportPublic

router = Router(prefix="", tag="documents")


@router.post(
    "/document-archives",
    operation_id="document_archive_create",
    response_model=ExportPublic,
    status_code=202,
    dependencies=[Depends(require_key), Depends(costs("rate_jobs"))],
)
async def ask_archive(ctx: Ctx, response: Response, body: ArchiveCreate) -> ExportPublic:
    """Have a unit's documents, evidence and data of a year put into one archive."""
    job = await create_archive(ctx, body)
    tag(response, job)
    return ExportPublic(**job.model_dump(include=set(ExportPublic.model_fields)), progress=None)
