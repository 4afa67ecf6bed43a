"""What a directory wants, and what it is shown."""

from dataclasses import dataclass, field
from uuid import UUID
from zlib import crc32

from sihao.accounts.models import Person
from sihao.core.context import Role
from sihao.core.etag import etag
from sihao.provisioning.models import DirectoryGroup

SCOPE = "scim"
APPOINTS = "scim:appoint"
"""A second scope: whoever has it may deal with administrators and the committee's leaders."""


@dataclass(frozen=True, slots=True)
class PersonWish:
    """Somebody as the directory wants him."""

    name: str
    display_name: str
    active: bool
    external_id: str | None


@dataclass(frozen=True, slots=True)
class GroupWish:
    """A group as the directory wants it."""

    name: str
    external_id: str | None
    members: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """An account with what the directory said; `groups` are pairs of id and name."""

    person: Person
    external_id: str | None
    groups: list[tuple[UUID, str]] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """The version of all that is shown."""
        return f"W/{etag(self.person.version)}"


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group with its members: id and display name."""

    group: DirectoryGroup
    members: list[tuple[UUID, str]]

    @property
    def tag(self) -> str:
        """The version of all that is shown: grants made by hand are members too."""
        held = crc32(b"".join(sorted(one.bytes for one, _ in self.members)))
        return f'W/"{self.group.version}-{held:08x}"'


def grant_named(name: str) -> tuple[Role, str | None] | None:
    """Read which grant a group's name means: `committee.officer`, or `unit.office@` and a code.

    None for a name that means none: such a group is kept and grants nothing.
    """
    said, at, code = name.partition("@")
    if said not in set(Role) - {Role.SYSTEM}:
        return None
    return Role(said), code if at else None
