"""Seven members per team with rank, duty and term of office, and the city's accounts."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sihao.demo.city import Unit, units
from sihao.demo.words import dice, sheet

TEAM = 7
OFFICERS_PER_UNIT = 3
_JOINED = {
    4: date(2026, 7, 1),
    13: date(2025, 9, 1),
    20: date(2026, 7, 6),
    28: date(2026, 4, 1),
    35: date(2025, 6, 16),
    41: date(2026, 9, 1),
    52: date(2026, 3, 16),
    63: date(2025, 10, 13),
    77: date(2026, 6, 1),
    85: date(2026, 8, 17),
}
"""Units whose seventh member took office during a year."""
_LEFT = {9: date(2026, 9, 30), 47: date(2026, 5, 31), 66: date(2025, 8, 31), 90: date(2026, 10, 15)}
"""Units whose sixth member left office during a year."""
_WATCH = {
    "派出机构": "纪检监察工委书记",
    "垂直管理单位": "纪检组组长",
    "直属事业单位": "纪委书记",
}


@dataclass(frozen=True)
class Member:
    """A member of a leadership team; `rank` 1 is the lead, the term is open while no end is set."""

    rank: int
    name: str
    duty: str
    starts_on: date
    ends_on: date | None

    @property
    def short_duty(self) -> str:
        """The duty without the Party post before it."""
        return self.duty.rsplit("、", 1)[-1]

    def serves_on(self, day: date) -> bool:
        """Whether the member is in office on the day."""
        return self.starts_on <= day <= (self.ends_on or date.max)

    def days_in(self, year: int) -> int:
        """Days in office within the calendar year."""
        first = max(self.starts_on, date(year, 1, 1))
        last = min(self.ends_on or date.max, date(year, 12, 31))
        return max(0, (last - first).days + 1)


@dataclass(frozen=True)
class Account:
    """A person who can log in. `unit_number` is empty for the committee and the administrators."""

    name: str
    display_name: str
    title: str
    role: str
    unit_number: int | None = None
    member_rank: int | None = None
    home_unit_number: int | None = None
    """Where an inspector comes from and therefore must not inspect."""


@cache
def _names() -> tuple[str, ...]:
    """A name for everybody; rare ones first, no name twice, given names spread evenly."""
    source = sheet("names")
    surnames, given = source["surnames"].split(), source["given"].split()
    rng = dice("names")
    rounds = 8
    drawn = [
        surname + name
        for _ in range(rounds)
        for surname, name in zip(
            rng.sample(surnames, len(given)), rng.sample(given, len(given)), strict=True
        )
    ]
    distinct = list(dict.fromkeys(drawn))
    step = len(distinct) // len(source["rare"])
    for place, rare in enumerate(source["rare"]):
        distinct.insert(place * step, rare)
    return tuple(distinct)


def _duties(unit: Unit) -> tuple[str, ...]:
    """The seven duty titles in rank order, as they are usual for this kind of body."""
    deputies = [f"副{unit.head}（{duty}）" for duty in unit.duties[1:]]
    watch = _WATCH.get(unit.unit_class, "派驻纪检监察组组长")
    if "党" not in unit.core:
        if unit.number == 2:  # nobody is stationed at the discipline commission
            watch = "机关纪委书记"
        deputy = f"常务副{unit.head}"
        return (unit.head, deputy, *deputies, watch, "机关党委书记", unit.specialist)
    party = unit.core[unit.core.index("党") :]
    post = f"{party}成员" if party == "党组" else f"{party}委员"
    return (
        f"{party}书记、{unit.head}",
        f"{party}副书记、副{unit.head}",
        *(f"{post}、{title}" for title in (*deputies, watch, "机关党委书记", unit.specialist)),
    )


@cache
def team(unit: Unit) -> tuple[Member, ...]:
    """The leadership team in rank order."""
    rng = dice(unit.number, "terms")
    members = []
    for rank, duty in enumerate(_duties(unit), start=1):
        starts_on = date(2021, 3, 1) + timedelta(days=rng.randrange(0, 1000))
        ends_on = _LEFT.get(unit.number) if rank == TEAM - 1 else None
        if rank == TEAM:
            starts_on = _JOINED.get(unit.number, starts_on)
        name = _names()[(unit.number - 1) * (TEAM + OFFICERS_PER_UNIT) + rank - 1]
        members.append(Member(rank, name, duty, starts_on, ends_on))
    return tuple(members)


def in_office(unit: Unit, year: int) -> tuple[Member, ...]:
    """The members who were in office on at least one day of the year."""
    return tuple(member for member in team(unit) if member.days_in(year))


def unit_accounts(unit: Unit) -> tuple[Account, ...]:
    """Ten accounts: the seven members and three people of the Party office (R3–R5)."""
    names = ("lead", "deputy", "member", "member2", "member3", "member4", "member5")
    roles = ("unit.lead", "unit.deputy", *["unit.member"] * (TEAM - 2))
    members = [
        Account(f"{unit.account}.{name}", member.name, member.duty, role, unit.number, member.rank)
        for name, role, member in zip(names, roles, team(unit), strict=True)
    ]
    first = (unit.number - 1) * (TEAM + OFFICERS_PER_UNIT) + TEAM
    office = [
        Account(
            f"{unit.account}.{name}", _names()[first + place], title, "unit.office", unit.number
        )
        for place, (name, title) in enumerate(
            (
                ("office", "机关党委办公室主任"),
                ("office2", "机关党委专职干事"),
                ("office3", "办公室科员"),
            )
        )
    ]
    return (*members, *office)


def city_accounts() -> tuple[Account, ...]:
    """The committee, its inspectors, the leadership, a receiver and the three administrators."""
    names = iter(_names()[len(units()) * (TEAM + OFFICERS_PER_UNIT) :])
    posts = [
        ("officer", "市直机关工委考核处处长", "committee.officer"),
        ("leader", "市直机关工委常务副书记", "committee.leader"),
        ("coassessor", "市委宣传部理论科科长", "coassessor"),
        ("leadership", "市委办公室综合协调组组长", "leadership"),
        ("receiver", "市委组织部干部综合科科长", "dept.receiver"),
        ("admin.system", "系统管理员", "admin.system"),
        ("admin.security", "安全管理员", "admin.security"),
        ("admin.audit", "审计管理员", "admin.audit"),
    ]
    offices = [Account(name, next(names), title, role) for name, title, role in posts]
    inspectors = [
        Account(
            f"inspector{place + 1}",
            next(names),
            f"检查{'一二三四五'[place // 2]}组{'副组长' if place % 2 else '组长'}",
            "committee.inspector",
            home_unit_number=home,
        )
        for place, home in enumerate((3, 20, 27, 31, 38, 44, 61, 74, 19, 52))
    ]
    return (*offices, *inspectors)


@dataclass(frozen=True)
class InspectionGroup:
    """Two inspectors, the first of whom leads, and the units they inspect (R17)."""

    name: str
    inspectors: tuple[str, ...]
    unit_numbers: tuple[int, ...]


def inspection_groups() -> tuple[InspectionGroup, ...]:
    """Five groups that share all units; nobody inspects the unit they come from."""
    inspectors = [one for one in city_accounts() if one.role == "committee.inspector"]
    pairs = [inspectors[place : place + 2] for place in range(0, len(inspectors), 2)]
    shares: list[list[int]] = [[] for _ in pairs]
    for unit in units():
        place = unit.number % len(pairs)
        while unit.number in {one.home_unit_number for one in pairs[place]}:
            place = (place + 1) % len(pairs)
        shares[place].append(unit.number)
    return tuple(
        InspectionGroup(
            f"检查{'一二三四五'[place]}组", tuple(one.name for one in pair), tuple(shares[place])
        )
        for place, pair in enumerate(pairs)
    )
