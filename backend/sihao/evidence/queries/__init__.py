"""Read evidence, its links, and what the items have to show."""

from sihao.evidence.queries.counts import list_matrix, summarize
from sihao.evidence.queries.earlier import suggest
from sihao.evidence.queries.files import (
    Closing,
    closing,
    copy_texts,
    forget_uploads,
    get_file,
    is_waiting,
    list_awaiting,
    list_current,
    list_files,
    replace_others,
)
from sihao.evidence.queries.links import (
    Locked,
    ask_again,
    count_locked,
    get_link,
    hold_used,
    is_linked,
    is_target,
    list_links,
    list_uses,
    mark_locked,
)
from sihao.evidence.queries.pieces import FIRST_FILE, get_evidence, list_evidence, list_same
from sihao.evidence.queries.store import (
    file_of,
    forget_tickets,
    hold_bytes,
    list_unrecorded,
    record_blob,
    use_ticket,
)

__all__ = [
    "FIRST_FILE",
    "Closing",
    "Locked",
    "ask_again",
    "closing",
    "copy_texts",
    "count_locked",
    "file_of",
    "forget_tickets",
    "forget_uploads",
    "get_evidence",
    "get_file",
    "get_link",
    "hold_bytes",
    "hold_used",
    "is_linked",
    "is_target",
    "is_waiting",
    "list_awaiting",
    "list_current",
    "list_evidence",
    "list_files",
    "list_links",
    "list_matrix",
    "list_same",
    "list_unrecorded",
    "list_uses",
    "mark_locked",
    "record_blob",
    "replace_others",
    "suggest",
    "summarize",
    "use_ticket",
]
