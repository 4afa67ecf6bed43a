"""Where the city's texts come from: data files, seeded dice, and gaps filled in a unit's words."""

import random
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from sihao.demo.city import Unit

SEED = 20261124
_GAP = re.compile(r"\{(\w+)\}")
_DOUBLED = re.compile(r"(务|校委)会会议")
_NUMBERS = {"few": (2, 4), "some": (5, 12), "many": (20, 60)}
_CHOICES = {
    "site": "sites",
    "pain": "pains",
    "deed": "deeds",
    "risk": "risks",
    "reform": "reforms",
    "study": "studies",
    "rule": "rules",
}


def dice(*key: object) -> random.Random:
    """Dice of their own for each key, so that no text depends on the order of the questions."""
    return random.Random("/".join(map(str, (SEED, *key))))


@cache
def sheet(name: str) -> Any:
    """One YAML file of the package, read once."""
    path = resources.files("sihao.demo") / "data" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
@lru_cache(maxsize=2048)
def words_of(unit: Unit, year: int, topic: str) -> Mapping[str, str]:
    """The words a unit uses for one topic of a year.

    They are fixed within the topic: a problem, its measures and its evidence speak of one thing.
    """
    rng = dice(unit.number, year, topic)
    field = sheet("fields")[unit.field]
    chosen = {word: rng.choice(field[plural]) for word, plural in _CHOICES.items()}
    return chosen | {
        "year": str(year),
        "last": str(year - 1),
        "short": unit.short_name,
        "body": unit.core,
        "council": f"{unit.head}办公会议",
        "people": field["people"],
        "window": field["window"],
        "duty": rng.choice(unit.duties),
    }


def fill(text: str, unit: Unit, year: int, topic: str, **facts: object) -> str:
    """The text with its {gaps} filled; facts given by the caller come before drawn words."""
    if "{" not in text:
        return text
    words = words_of(unit, year, topic)
    numbers: list[random.Random] = []

    def word(gap: re.Match[str]) -> str:
        name = gap.group(1)
        if name in facts:
            return str(facts[name])
        if name not in _NUMBERS:
            return words[name]
        if not numbers:
            numbers.append(dice(unit.number, year, topic, text))
        return str(numbers[0].randint(*_NUMBERS[name]))

    return _DOUBLED.sub(r"\1会议", _GAP.sub(word, text))
