"""The 96 departments of the city, in the order of their accounts unit01 … unit96."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Unit:
    """One department: `unit_class` groups it, `field` is the line of work its texts speak of."""

    number: int
    name: str
    short_name: str
    code: str
    unit_class: str
    field: str
    we: str
    core: str
    head: str
    specialist: str
    duties: tuple[str, ...]

    @property
    def account(self) -> str:
        """The first part of its accounts' names, `unit07`."""
        return f"unit{self.number:02d}"


@cache
def units() -> tuple[Unit, ...]:
    """All departments."""
    path = resources.files("sihao.demo") / "data" / "units.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        Unit(
            number=int(row["number"]),
            name=row["name"],
            short_name=row["short_name"],
            code=row["code"],
            unit_class=row["unit_class"],
            field=row["field"],
            we=row["we"],
            core=row["core"],
            head=row["head"],
            specialist=row["specialist"],
            duties=tuple(row["duties"].split(";")),
        )
        for row in csv.DictReader(lines)
    )


def unit(number: int) -> Unit:
    """The department with this number, from 1."""
    return units()[number - 1]
