from collections.abc import Mapping

from sihao.imports.kinds.base import Kind
from sihao.imports.kinds.co_results import CoResults
from sihao.imports.kinds.ledgers import Ledgers
from sihao.imports.kinds.manifests import Manifests
from sihao.imports.kinds.measures import Measures
from sihao.imports.kinds.people import People
from sihao.imports.kinds.standards import Standards
from sihao.imports.kinds.units import Members, Units

KINDS: Mapping[str, Kind] = {
    "ledger-entries": Ledgers(),
    "measures": Measures(),
    "units": Units(),
    "members": Members(),
    "people": People(),
    "co-assessment-results": CoResults(),
    "evidence-manifest": Manifests(),
    "standard": Standards(),
}
"""Everything that can be imported, by the name it has in the API."""
