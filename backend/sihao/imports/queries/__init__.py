from sihao.imports.queries.jobs import (
    forget_progress,
    get_import,
    get_progress,
    hold_import,
    list_errors,
    list_imports,
    list_outdated,
    take_turn,
)
from sihao.imports.queries.lookups import find_members, find_units

__all__ = [
    "find_members",
    "find_units",
    "forget_progress",
    "get_import",
    "get_progress",
    "hold_import",
    "list_errors",
    "list_imports",
    "list_outdated",
    "take_turn",
]
