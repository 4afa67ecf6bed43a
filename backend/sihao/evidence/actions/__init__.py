"""Write evidence, its files and links."""

from sihao.evidence.actions.contents import (
    check_arrived,
    expect_content,
    issue_ticket,
    open_file,
    receive_content,
)
from sihao.evidence.actions.links import (
    create_link,
    create_links,
    delete_link,
    judge_link,
    lock_links,
    why_not_removed,
)
from sihao.evidence.actions.pieces import (
    add_file,
    create_evidence,
    delete_file,
    move_evidence,
    reuse_evidence,
    update_evidence,
)

__all__ = [
    "add_file",
    "check_arrived",
    "create_evidence",
    "create_link",
    "create_links",
    "delete_file",
    "delete_link",
    "expect_content",
    "issue_ticket",
    "judge_link",
    "lock_links",
    "move_evidence",
    "open_file",
    "receive_content",
    "reuse_evidence",
    "update_evidence",
    "why_not_removed",
]
