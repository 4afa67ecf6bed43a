"""Read evidence, its links, and what the items have to show."""

from sihao.evidence.queries.counts import list_matrix, summarize
from sihao.evidence.queries.links import (
    Locked,
    count_locked,
    get_link,
    hold_used,
    is_linked,
    is_target,
    list_links,
    list_uses,
    mark_locked,
)
from sihao.evidence.queries.pieces import get_evidence, list_evidence, list_same
from sihao.evidence.queries.store import (
    file_of,
    forget_tickets,
    hold_bytes,
    list_unrecorded,
    record_blob,
    use_ticket,
)

__all__ = [
    "Locked",
    "count_locked",
    "file_of",
    "forget_tickets",
    "get_evidence",
    "get_link",
    "hold_bytes",
    "hold_used",
    "is_linked",
    "is_target",
    "list_evidence",
    "list_links",
    "list_matrix",
    "list_same",
    "list_unrecorded",
    "list_uses",
    "mark_locked",
    "record_blob",
    "summarize",
    "use_ticket",
]
