from collections.abc import Mapping

from sihao.imports.kinds.base import Kind
from sihao.imports.kinds.ledgers import Ledgers

KINDS: Mapping[str, Kind] = {
    "ledger-entries": Ledgers(),
}
"""Everything that can be imported, by the name it has in the API."""
