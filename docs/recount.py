"""Recount a year's results or a two-year comparison, with Python (3.9 on) alone.

    python3 recount.py frozen.ndjson                    # GET /campaigns/{id}/results/frozen
    python3 recount.py --comparison comparison.json     # GET /comparisons/{id}/frozen

The rules are those of docs/scoring.md; not a line of the product is used. Prints a table of what
was published and what was recounted, and each difference. Ends with 0 when all is the same, 1 when
anything differs, 2 when the file cannot be read.
"""  # noqa: INP001 - a script by itself, not a package

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Figures = dict[str, str]
"""What is compared: name of a figure -> its value, written one way."""
ZERO, HUNDRED = Fraction(0), Fraction(100)
SHOWN = 4
NOT_ASKED = "不计入"


def rounded(value: Fraction, places: int, rounding: str) -> str:
    """Round a fraction that is not negative to so many digits after the point."""
    scaled = value * 10**places
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    if rounding == "half_up":
        whole += twice >= scaled.denominator
    elif rounding == "half_even":
        whole += twice > scaled.denominator or (twice == scaled.denominator and whole % 2 == 1)
    elif rounding != "down":
        raise ValueError(f"不认识的取整规则：{rounding}")
    digits = str(whole).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def plain(value: Fraction | str) -> str:
    """Write a figure one way, whatever digits it came with: 57.0 is 57."""
    exact = Fraction(value)
    return (
        str(exact) if exact.denominator == 1 else f"{Decimal(exact.numerator) / exact.denominator}"
    )


def line(got: Fraction | str, of: Fraction) -> str:
    """Write one line of the explanation: got of possible, and what was lost."""
    lost = of - Fraction(got)
    return f"{plain(got)}/{plain(of)}，失 {plain(lost)}"


# One unit


def weighted(rows: list[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    """Give the mean of the rows that have a value and a weight; None where none has."""
    there = [(value, weight) for value, weight in rows if value is not None and weight]
    whole = sum((weight for _, weight in there), ZERO)
    return sum((value * weight for value, weight in there), ZERO) / whole if there else None


def scores_of(rows: list[Json], name: str, weights: dict[str, str]) -> Fraction | None:
    """Give the mean of scores; a row without a score or without a weight takes no part."""
    pairs = [(row["score"], Fraction(weights.get(row[name], "0"))) for row in rows]
    return weighted([(None if s is None else Fraction(s), weight) for s, weight in pairs])


class Unit:
    """One unit's inputs and what follows from them, the grade apart."""

    def __init__(self, given: Json) -> None:
        """Count the items, the dimensions, the parts, the extras, the total."""
        self.given, rules = given, given["rules"]
        aside = rules["not_for"].get(given["unit_class"], [])
        self.asked = {
            one["code"]: got_of(one, rules["items"][one["code"]])
            for one in given["items"]
            if one["code"] not in aside
        }
        self.dimensions = {
            dimension["code"]: added(
                self.asked[one["code"]]
                for one in given["items"]
                if one["dimension"] == dimension["code"] and one["code"] in self.asked
            )
            for dimension in given["dimensions"]
        }
        self.whole = added(self.asked.values())
        got, of = self.whole
        self.parts = {
            "items": got / of * 100 if of else None,
            "merged": scores_of(given["assessments"], "code", rules["co_weights"]),
            "ballots": scores_of(given["ballots"], "group", rules["rater_groups"]),
        }
        co, ballot = Fraction(rules["co_share"]), Fraction(rules["ballot_share"])
        shares = {"items": 1 - co - ballot, "merged": co, "ballots": ballot}
        self.parts = {name: value for name, value in self.parts.items() if shares[name]}
        base = weighted([(value, shares[name]) for name, value in self.parts.items()])
        self.extras = capped(given, "bonus") - capped(given, "penalty")
        total = min(max((base or ZERO) + self.extras, ZERO), Fraction(rules["ceiling"]))
        self.total = rounded(total, rules["places"], rules["rounding"])

    def grade(self, dropped: list[str]) -> str:
        """Give the first grade that the total reaches and from which nothing keeps the unit."""
        *better, last = self.given["rules"]["grades"]
        for grade in better:
            reached = Fraction(self.total) >= Fraction(grade["at_least"])
            if reached and not self.kept_from(grade) and grade["name"] not in dropped:
                return str(grade["name"])
        return str(last["name"])

    def kept_from(self, grade: Json) -> bool:
        """Say whether a veto or a condition keeps the unit from a grade."""
        names = [one["name"] for one in self.given["rules"]["grades"]]
        rank, least = names.index(grade["name"]), Fraction(grade["dimension_percent"]) / 100
        return (
            any(names.index(one["grade"]) > rank for one in self.given["vetoes"])
            or (grade["no_zero_item"] and any(of and not got for got, of in self.asked.values()))
            or any(got < of * least for got, of in self.dimensions.values())
        )


def got_of(item: Json, rule: Json) -> tuple[Fraction, Fraction]:
    """Give what one item got, of how much."""
    points, floor = Fraction(rule["points"]), Fraction(rule["floor"])
    lost = Fraction(item["lost"]) - Fraction(item["restored"])
    return points - min(max(lost, ZERO), points - floor), points


def added(pairs: Iterable[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    """Add up what was got and what was possible."""
    got, of = ZERO, ZERO
    for one_got, one_of in pairs:
        got, of = got + one_got, of + one_of
    return got, of


def capped(given: Json, kind: str) -> Fraction:
    """Give what counts of the bonuses or of the penalties."""
    points = [Fraction(one["points"]) for one in given["extras"] if one["kind"] == kind]
    return min(sum(points, ZERO), Fraction(given["rules"][f"{kind}_most"]))


def recount(unit: Unit, dropped: list[str]) -> Figures:
    """Write every figure of one unit's result."""
    given, rules = unit.given, unit.given["rules"]
    told = {
        "总分": unit.total,
        "等次": unit.grade(dropped),
        "问题数": str(len(given["finding_items"])),
        "未得等次": "、".join(dropped),
        "条目": line(*unit.whole),
        "年度得分": line(unit.total, HUNDRED),
    }
    told |= {f"方面 {code}": line(*pair) for code, pair in unit.dimensions.items()}
    for code in (one["code"] for one in given["items"]):
        told[f"条目 {code}"] = line(*unit.asked[code]) if code in unit.asked else NOT_ASKED
    rows = (
        ("merged", "并入考核", "assessments", "code", "co_weights"),
        ("ballots", "民主测评", "ballots", "group", "rater_groups"),
    )
    for part, title, field, name, weights in rows:
        weighed = [one for one in given[field] if Fraction(rules[weights].get(one[name], "0"))]
        if part not in unit.parts or not weighed:
            continue
        value = unit.parts[part]
        shown = None if value is None else rounded(value, SHOWN, "half_up")
        for code, score in [("", shown), *((f" {one[name]}", one["score"]) for one in weighed)]:
            told[title + code] = NOT_ASKED if score is None else line(score, HUNDRED)
    if given["extras"]:
        told["加分减分"] = line(unit.extras, ZERO)
    for one in sorted(given["extras"], key=lambda e: Fraction(e["points"])):
        name, sign = f"加分减分 {one['code']}", 1 if one["kind"] == "bonus" else -1
        told[name] = told.get(name, "") + line(sign * Fraction(one["points"]), ZERO)
    return told


def published(given: Json, outcome: Json) -> Figures:
    """Read the same figures from what was published."""
    titles = {"items": "条目", "merged": "并入考核", "ballots": "民主测评", "extras": "加分减分"}
    told = {
        "总分": outcome["total"],
        "等次": outcome["grade"],
        "问题数": str(outcome["findings"]),
        "未得等次": "、".join(one["grade"] for one in given["drops"]),
        "年度得分": as_line(outcome["tree"]),
    }
    for part in outcome["tree"]["children"]:
        title = titles[part["code"]]
        told[title] = as_line(part)
        for child in part["children"]:
            name = f"{'方面' if title == '条目' else title} {child['code']}"
            told[name] = told.get(name, "") + as_line(child)
            told |= {f"条目 {one['code']}": as_line(one) for one in child["children"]}
    return told


def as_line(node: Json) -> str:
    """Write a line of the published explanation as `line` does, with its own `lost`."""
    if node["missing"]:
        return NOT_ASKED
    return f"{plain(node['got'])}/{plain(node['of'])}，失 {plain(node['lost'])}"


# A whole year


def find_drops(year: list[Unit]) -> list[list[str]]:
    """Give the grades that each unit misses because its class's quota is full."""
    dropped: list[list[str]] = [[] for _ in year]
    classes = [unit.given["unit_class"] for unit in year]
    for unit_class in set(classes):
        members = [at for at, name in enumerate(classes) if name == unit_class]
        rules = year[members[0]].given["rules"]
        for grade in (one["name"] for one in rules["grades"]):
            percents = {
                one["unit_class"]: one["percent"]
                for one in rules["quotas"]
                if one["grade"] == grade
            }
            places = len(members) * percents.get(unit_class, percents.get("", 100)) // 100
            would = [at for at in members if year[at].grade(dropped[at]) == grade]
            best_first = sorted((Fraction(year[at].total) for at in would), reverse=True)
            for at in would if len(would) > places else []:
                if Fraction(year[at].total) <= best_first[places]:
                    dropped[at].append(grade)
    return dropped


def read_year(text: str) -> list[tuple[Json, Json, Json]]:
    """Read an export: of each unit the line, the inputs, the outcome."""
    lines = [json.loads(one) for one in text.splitlines() if one.strip()]
    if not lines:
        raise ValueError("文件中没有结果。")
    return [(one, json.loads(one["inputs"]), json.loads(one["outcome"])) for one in lines]


def spoilt(record: Json) -> list[str]:
    """Say which of the two texts does not have the SHA-256 that stands beside it."""
    return [
        f"{title}与校验码不符"
        for name, title in (("inputs", "固定数据"), ("outcome", "公布结果"))
        if hashlib.sha256(record[name].encode()).hexdigest() != record[f"{name}_hash"]
    ]


def told_apart(ours: Figures, theirs: Figures) -> list[str]:
    """Say each figure that differs."""
    return [
        f"{name}：公布 {theirs.get(name, '无')}，重算 {ours.get(name, '无')}"
        for name in [*ours, *(one for one in theirs if one not in ours)]
        if ours.get(name) != theirs.get(name)
    ]


def recount_year(text: str) -> tuple[list[list[str]], list[str]]:
    """Recount an export; give the table's rows and the differences.

    The quotas of a class are recounted where all its results are in the file as they were computed
    together; a unit's own export has one line, and a corrected result keeps the drops it had.
    """
    year = read_year(text)
    units = [Unit(given) for _, given, _ in year]
    found = find_drops(units)
    corrected = {given["unit_class"] for record, given, _ in year if record["revision"] > 1}
    rows, differences = [], []
    if len({json.dumps(given["rules"], sort_keys=True) for _, given, _ in year}) > 1:
        differences.append("各单位的评分方案不是同一份")
    for (record, given, outcome), unit, drops in zip(year, units, found):  # noqa: B905 - Python 3.9
        stand = len(year) == 1 or given["unit_class"] in corrected
        dropped = [one["grade"] for one in given["drops"]] if stand else drops
        ours, theirs = recount(unit, dropped), published(given, outcome)
        said = spoilt(record) + told_apart(ours, theirs)
        name, pair = given["unit_name"], (theirs, ours)
        results = [f"{one['总分']} {one['等次']}" for one in pair]
        rows.append([name, *results, yes(not said)])
        differences += [f"{name}：{one}" for one in said]
    return rows, differences


# Two years


def joined(formula: Json, first: Fraction, second: Fraction) -> Fraction | None:
    """Join two totals; None for a unit that the formula lets have no place."""
    percent = formula["first_percent"] if formula["kind"] == "weighted" else 50
    if formula["kind"] == "both" and min(first, second) < Fraction(formula["threshold"]):
        return None
    return (first * percent + second * (100 - percent)) / 100


def places_of(given: Json) -> dict[str, Figures]:
    """Recount the places of all units."""
    formula, quotas = given["formula"], given["quotas"]
    open_formula = {**formula, "threshold": "0"}
    totals = {
        one["unit_id"]: (Fraction(one["first"]["total"]), Fraction(one["second"]["total"]))
        for one in given["units"]
    }
    told = {}
    for unit in given["units"]:
        ident, own_class = unit["unit_id"], unit["unit_class"]
        pool = [
            joined(formula, *totals[one["unit_id"]])
            for one in given["units"]
            if not quotas or one["unit_class"] == own_class
        ]
        places = quotas.get(own_class, 0) if quotas else given["places"]
        own, first, second = joined(formula, *totals[ident]), *totals[ident]
        mean = joined(open_formula, first, second) or ZERO
        better = sum(one is not None and own is not None and one > own for one in pool)
        same = pool.count(own)
        within = own is not None and better < places
        told[ident] = {
            "名次": "无" if own is None else str(better + 1),
            "两年合计": rounded(mean, SHOWN, "half_up"),
            "升降": plain(second - first),
            "并列": yes(own is not None and same > 1),
            "名额之内": yes(within),
            "并列跨线": yes(within and better + same > places),
        }
    return told


def yes(value: object) -> str:
    """Write a yes or no."""
    return "是" if value else "否"


def recount_comparison(text: str) -> tuple[list[list[str]], list[str]]:
    """Recount a comparison's export; give the table's rows and the differences."""
    record = json.loads(text)
    given, outcome = json.loads(record["inputs"]), json.loads(record["outcome"])
    found, differences, rows = places_of(given), spoilt(record), []
    names = {one["unit_id"]: one["unit_name"] for one in given["units"]}
    theirs_of = {one["unit_id"]: published_place(one) for one in outcome["rows"]}
    for ident, ours in found.items():
        theirs = theirs_of.pop(ident, {})
        said = told_apart(ours, theirs)
        rows.append([names[ident], place(theirs), place(ours), yes(not said)])
        differences += [f"{names[ident]}：{one}" for one in said]
    differences += [f"公布的名次中有未固定的单位 {one}" for one in theirs_of]
    return rows, differences


def published_place(row: Json) -> Figures:
    """Read a published place as `places_of` writes it."""
    return {
        "名次": "无" if row["place"] is None else str(row["place"]),
        "两年合计": row["mean"],
        "升降": plain(row["change"]),
        "并列": yes(row["tied"]),
        "名额之内": yes(row["within"]),
        "并列跨线": yes(row["at_line"]),
    }


def place(figures: Figures) -> str:
    """Write a place for the table."""
    return f"{figures['两年合计']} 第 {figures['名次']} 名" if figures else "无"


def main(arguments: list[str]) -> int:
    """Print the recount; give the exit code."""
    comparison = arguments[:1] == ["--comparison"]
    if len(arguments) != 1 + comparison:
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        text = Path(arguments[-1]).read_text(encoding="utf-8")
        rows, differences = (recount_comparison if comparison else recount_year)(text)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        sys.stderr.write(f"读不懂 {arguments[-1]}：{error!r}\n")
        return 2
    for row in [["单位", "公布", "重算", "一致"], *rows]:
        sys.stdout.write("\t".join(row) + "\n")
    for one in differences:
        sys.stdout.write(f"不一致 {one}\n")
    verdict = f"有 {len(differences)} 处不一致！" if differences else "全部一致。"
    sys.stdout.write(f"共 {len(rows)} 个单位，{verdict}\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
