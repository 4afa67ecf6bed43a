from sihao.ledgers.queries.entries import (
    count_entries,
    find_campaign,
    get_entry,
    list_codes,
    list_entries,
    list_took_part,
    show_entries,
)
from sihao.ledgers.queries.figures import (
    compute_for_all,
    compute_indicators,
    find_unit,
    open_indicator,
)

__all__ = [
    "compute_for_all",
    "compute_indicators",
    "count_entries",
    "find_campaign",
    "find_unit",
    "get_entry",
    "list_codes",
    "list_entries",
    "list_took_part",
    "open_indicator",
    "show_entries",
]
