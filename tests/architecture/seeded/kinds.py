"""What a seeded defect is, and a tree of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """`old` becomes `new` in `file`; without `old` the text is added to the file or makes it.

    `red` is in the output then, in the same line as the failed `test` where there is one.
    """

    rule: str
    file: str
    old: str
    new: str
    red: str
    test: str = ""


@dataclass(frozen=True)
class Tree:
    """`command` is python's; without one the defects' tests are run. `first` prepares the tree."""

    name: str
    defects: tuple[Defect, ...]
    command: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    own_server: bool = False
