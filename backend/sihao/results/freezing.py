"""What a comparison freezes: both years' published figures, and how their standards differ (B8)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from pydantic import BaseModel

from sihao.results.compared import Figure, YearFigures
from sihao.results.frozen import Inputs, Node, Outcome


class Shares(BaseModel):
    """What the parts of a total weigh; the rest of a scheme is not read."""

    co_share: Decimal
    ballot_share: Decimal


class Shared(BaseModel):
    """Of a result's inputs, what a comparison looks into."""

    rules: Shares


def year_figures(inputs: str, outcome: Outcome, outcome_hash: str, group: str) -> YearFigures:
    """Take from a result what a comparison looks into."""
    (checked, *_) = outcome.tree.children
    return YearFigures(
        total=outcome.total,
        outcome_hash=outcome_hash,
        share=str(_share(Shared.model_validate_json(inputs).rules, outcome.tree)),
        group=group,
        items={
            item.code: Figure(got=item.got, of=item.of)
            for dimension in checked.children
            for item in dimension.children
            if not item.missing
        },
    )


def _share(rules: Shares, tree: Node) -> Fraction:
    """Give the part of the total that the items made up: parts without a result took none."""
    shares = {
        "items": 1 - Fraction(rules.co_share) - Fraction(rules.ballot_share),
        "merged": Fraction(rules.co_share),
        "ballots": Fraction(rules.ballot_share),
    }
    there = [shares[one.code] for one in tree.children if one.code in shares and not one.missing]
    return shares["items"] / sum(there, Fraction(0))


def differences(old: Inputs, new: Inputs, mapping: Mapping[str, str]) -> list[str]:
    """State in sentences how two years' standards differ; `mapping` is new item -> old item."""
    titles_old = {item.code: item.title for item in old.items}
    titles_new = {item.code: item.title for item in new.items}
    found = [] if old.standard == new.standard else [f"标准：{old.standard} → {new.standard}"]
    continued = {code: mapping.get(code, code) for code in titles_new}
    for code, before in continued.items():
        if before not in titles_old:
            found.append(f"{code} {titles_new[code]} 仅见于 {new.year} 年")
        elif (before, titles_old[before]) != (code, titles_new[code]):
            found.append(f"{before} {titles_old[before]} → {code} {titles_new[code]}")
    found += [
        f"{code} {title} 仅见于 {old.year} 年"
        for code, title in titles_old.items()
        if code not in continued.values()
    ]
    points = [
        code
        for code, before in continued.items()
        if before in old.rules.items
        and old.rules.items[before].points != new.rules.items[code].points
    ]
    if points:
        found.append(f"分值有变的条目：{'、'.join(points)}")
    if old.rules != new.rules:
        found.append("两年的评分方案不同，详见各年度方案")
    return found
