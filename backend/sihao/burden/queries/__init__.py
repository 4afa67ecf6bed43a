"""Read collections of material and the burden meter."""

from sihao.burden.queries.collections import (
    count_units,
    get_collection,
    list_codes,
    list_collections,
    list_flagged,
    show_collection,
)
from sihao.burden.queries.meter import read_burden

__all__ = [
    "count_units",
    "get_collection",
    "list_codes",
    "list_collections",
    "list_flagged",
    "read_burden",
    "show_collection",
]
