"""Seeded defects: one for each rule of the house, with what must turn red at the sight of it.

A tree is a copy of the project with some defects in it and the command that must find them all.
"""

from tests.architecture.seeded.database import TABLES
from tests.architecture.seeded.doings import DOINGS
from tests.architecture.seeded.house import HOUSE
from tests.architecture.seeded.kinds import Defect, Tree
from tests.architecture.seeded.tools import (
    CONTRACT,
    DIAGRAMS,
    EXHAUSTIVE,
    LINT,
    SHELF,
    TYPES,
)

__all__ = ["TOOLS", "TREES", "Defect", "Tree"]

TOOLS = (LINT, SHELF, TYPES, CONTRACT, DIAGRAMS)
"""Each with a command of its own, which is green without the defects."""
TREES = (*TOOLS, EXHAUSTIVE, HOUSE, TABLES, DOINGS)
