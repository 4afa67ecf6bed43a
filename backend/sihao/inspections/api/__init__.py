"""Inspections over HTTP: groups, inspections, sheets, decisions, objections, merged assessments."""

from sihao.inspections.api.agreement import router as _agreement
from sihao.inspections.api.allocations import router as _allocations
from sihao.inspections.api.calendar import router as _calendar
from sihao.inspections.api.co_assessments import router as _co_assessments
from sihao.inspections.api.decisions import router as _decisions
from sihao.inspections.api.groups import router as _groups
from sihao.inspections.api.inspections import router as _inspections
from sihao.inspections.api.objections import router as _objections
from sihao.inspections.api.recusals import router as _recusals
from sihao.inspections.api.sheets import router as _sheets
from sihao.inspections.api.visits import router as _visits

routers = (
    _groups,
    _allocations,
    _recusals,
    _calendar,
    _visits,
    _inspections,
    _sheets,
    _decisions,
    _agreement,
    _objections,
    _co_assessments,
)
