"""The parts of the product, in the order of the campaign year. A new slice is added here."""

from sihao.accounts import models as _accounts
from sihao.accounts.api import routers as accounts
from sihao.ballots import models as _ballots
from sihao.ballots.api import router as ballots
from sihao.ballots.lifecycle import BALLOT
from sihao.burden import models as _burden
from sihao.burden.api import router as burden
from sihao.burden.lifecycle import MATERIAL_COLLECTION
from sihao.calendars import models as _calendars
from sihao.calendars.api import router as calendars
from sihao.campaigns import models as _campaigns
from sihao.campaigns.api.campaigns import router as campaigns
from sihao.campaigns.api.schemes import router as schemes
from sihao.campaigns.api.standards import router as standards
from sihao.campaigns.lifecycle import CAMPAIGN, STANDARD
from sihao.complaints import models as _complaints
from sihao.complaints.api import router as complaints
from sihao.complaints.lifecycle import COMPLAINT
from sihao.copies import jobs as _copies_jobs
from sihao.copies import models as _copies
from sihao.copies.api import router as copies
from sihao.core import events as _events
from sihao.core import idempotency as _idempotency
from sihao.core import rates as _rates
from sihao.dashboards.api import router as dashboards
from sihao.documents import jobs as _documents_jobs
from sihao.documents import models as _documents
from sihao.documents.api import routers as documents
from sihao.documents.lifecycle import DOCUMENT
from sihao.evidence import jobs as _evidence_jobs
from sihao.evidence import models as _evidence
from sihao.evidence.api import routers as evidence
from sihao.evidence.lifecycle import EVIDENCE
from sihao.exports import jobs as _exports_jobs
from sihao.exports import models as _exports
from sihao.exports.api import router as exports
from sihao.exports.lifecycle import EXPORT
from sihao.extras import models as _extras
from sihao.extras.api import router as extras
from sihao.extras.lifecycle import EXTRA
from sihao.followups import models as _followups
from sihao.followups.api import router as followups
from sihao.followups.lifecycle import INTERVIEW, RECTIFICATION, REFERRAL
from sihao.imports import jobs as _imports_jobs
from sihao.imports import models as _imports
from sihao.imports.api import router as imports
from sihao.imports.lifecycle import IMPORT
from sihao.inspections import models as _inspections
from sihao.inspections.api import routers as inspections
from sihao.inspections.lifecycle import INSPECTION, OBJECTION, SHEET
from sihao.ledgers import models as _ledgers
from sihao.ledgers.api import router as ledgers
from sihao.plans import models as _plans
from sihao.plans.api import ROUTERS as PLANS
from sihao.plans.lifecycle import MEASURE, PLAN, PROBLEM
from sihao.provisioning import models as _provisioning
from sihao.provisioning.api import router as provisioning
from sihao.results import models as _results
from sihao.results.api import router as results
from sihao.results.lifecycle import COMPARISON, CORRECTION, NOTICE_OBJECTION, RESULT
from sihao.search.api import router as search
from sihao.self_reports import models as _self_reports
from sihao.self_reports.api import router as self_reports
from sihao.self_reports.lifecycle import SELF_REPORT
from sihao.threads.api import router as threads
from sihao.units import models as _units
from sihao.units.api import router as units
from sihao.webhooks import jobs as _webhooks_jobs
from sihao.webhooks import models as _webhooks
from sihao.webhooks.api import router as webhooks
from sihao.webhooks.lifecycle import WEBHOOK

MODELS = (
    _events,
    _idempotency,
    _rates,
    _accounts,
    _units,
    _campaigns,
    _plans,
    _ledgers,
    _evidence,
    _self_reports,
    _inspections,
    _extras,
    _ballots,
    _results,
    _followups,
    _complaints,
    _imports,
    _exports,
    _documents,
    _copies,
    _burden,
    _webhooks,
    _calendars,
    _provisioning,
)
ROUTERS = (
    *accounts,
    units,
    campaigns,
    schemes,
    ledgers,
    *evidence,
    self_reports,
    extras,
    results,
    followups,
    threads,
    complaints,
    dashboards,
    imports,
    exports,
    *documents,
    search,
    copies,
    burden,
    webhooks,
    calendars,
    standards,
    *PLANS,
    *inspections,
    ballots,
)
PROTOCOLS = (provisioning,)
"""Routers of other protocols: they have addresses, words and errors of their own."""
JOBS = (_evidence_jobs, _imports_jobs, _exports_jobs, _documents_jobs, _copies_jobs, _webhooks_jobs)
LIFECYCLES = (
    STANDARD,
    CAMPAIGN,
    PLAN,
    PROBLEM,
    MEASURE,
    EVIDENCE,
    SELF_REPORT,
    INSPECTION,
    SHEET,
    OBJECTION,
    EXTRA,
    BALLOT,
    RESULT,
    CORRECTION,
    COMPARISON,
    NOTICE_OBJECTION,
    INTERVIEW,
    RECTIFICATION,
    REFERRAL,
    COMPLAINT,
    IMPORT,
    EXPORT,
    DOCUMENT,
    MATERIAL_COLLECTION,
    WEBHOOK,
)


def lifecycles_markdown() -> str:
    """Draw every state machine, for the documentation and the test that guards it."""
    head = "# Lifecycles\n\nDrawn from the code by `sihao lifecycles`. Do not edit.\n\n"
    return head + "\n".join(
        f"## {one.subject} {one.label}\n\n```mermaid\n{one.diagram()}```\n" for one in LIFECYCLES
    )
