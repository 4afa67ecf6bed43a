"""Figures of the team as a whole: A13–A16 and B8."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from sihao.ledgers.details import MAJOR, MEETINGS, MISJUDGEMENT, Elements
from sihao.ledgers.facts import Computed, Fact, Person, Year, row_of
from sihao.ledgers.models import LedgerKind
from sihao.ledgers.schemas import Check, Indicator, IndicatorCode, Status

_NOTHING = "台账尚无记录，暂不能计算"


def rules_of_meetings(
    year: Year, _: Sequence[Person], facts: Sequence[Fact], title: str
) -> Computed:
    """A13: each of the three meetings has rules of procedure in force (T14)."""
    rules = _in_force(year, facts)
    known = any(fact.kind is LedgerKind.T14 for fact in facts)
    checks = [
        Check(label=name, met=name in rules, note=rules[name].title if name in rules else "")
        for name in MEETINGS
    ]
    words = "三类会议中 {} 类有现行有效的制度"
    found = _checked(year, IndicatorCode.A13, title, checks, words, known=known)
    return found, [row_of(fact, Decimal(1)) for fact in rules.values()]


def elements(year: Year, _: Sequence[Person], facts: Sequence[Fact], title: str) -> Computed:
    """A14: the rules in force settle each of the five elements."""
    rules = _in_force(year, facts)
    checks, rows = [], []
    for name, field in Elements.model_fields.items():
        lacking = [m for m, fact in rules.items() if not fact.details.get("elements", {}).get(name)]
        note = f"{'、'.join(lacking)}制度未写明" if lacking else ""
        checks.append(Check(label=str(field.title), met=not lacking, note=note))
    for fact in rules.values():
        settled = sum(map(bool, fact.details.get("elements", {}).values()))
        lack = len(checks) - settled
        rows.append(row_of(fact, Decimal(settled), f"缺 {lack} 项要素" if lack else ""))
    words = "会议五要素中 {} 项已在制度中写明"
    found = _checked(year, IndicatorCode.A14, title, checks, words, known=bool(rules))
    return found, rows


def _in_force(year: Year, facts: Sequence[Fact]) -> dict[str, Fact]:
    """Give the newest rules in force of each meeting that has any."""
    found: dict[str, Fact] = {}
    for fact in facts:
        begun = fact.kind is LedgerKind.T14 and fact.happened_on <= year.as_of
        if begun and (fact.ended_on is None or fact.ended_on >= year.as_of):
            found[str(fact.details.get("meeting"))] = fact
    return {name: found[name] for name in MEETINGS if name in found}


def _checked(
    year: Year, code: IndicatorCode, title: str, checks: list[Check], words: str, *, known: bool
) -> Indicator:
    met = sum(one.met for one in checks)
    return Indicator(
        criterion=code,
        title=title,
        value=Decimal(met) if known else None,
        target=Decimal(len(checks)),
        measure="项",
        status=_status(year, known=known, met=met == len(checks)),
        summary=words.format(met) if known else _NOTHING,
        as_of=year.as_of,
        members=[],
        checks=checks if known else [],
    )


def collective(year: Year, _: Sequence[Person], facts: Sequence[Fact], title: str) -> Computed:
    """A15: matters decided by a meeting ÷ all 三重一大 matters (T6)."""
    rows, part = [], 0
    for fact in facts:
        major = fact.kind is LedgerKind.T6 and fact.details.get("category") in MAJOR
        if major and fact.happened_on <= year.as_of:
            decided = bool(fact.details.get("decided_by_meeting"))
            part += decided
            rows.append(row_of(fact, Decimal(decided), "" if decided else "未经会议集体决策"))
    words = "件“三重一大”事项中 {} 件经会议集体决策"
    return _rate(year, IndicatorCode.A15, title, (part, len(rows)), words), rows


def trained(year: Year, _: Sequence[Person], facts: Sequence[Fact], title: str) -> Computed:
    """B8: people trained ÷ people expected (T15)."""
    rows, part, whole = [], 0, 0
    for fact in facts:
        if fact.kind is LedgerKind.T15 and fact.happened_on <= year.as_of:
            came, expected = int(fact.details["trained"]), int(fact.details["expected"])
            part, whole = part + came, whole + expected
            reason = f"应训 {expected} 人，缺 {expected - came} 人" if came < expected else ""
            rows.append(row_of(fact, Decimal(came), reason))
    words = "人次应训，{} 人次参训"
    return _rate(year, IndicatorCode.B8, title, (part, whole), words), rows


def _rate(
    year: Year, code: IndicatorCode, title: str, share: tuple[int, int], words: str
) -> Indicator:
    part, whole = share
    value = None
    if whole:
        value = (Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_DOWN)
    return Indicator(
        criterion=code,
        title=title,
        value=value,
        target=Decimal(100),
        measure="%",
        status=_status(year, known=whole > 0, met=part == whole),
        summary=f"{whole} {words.format(part)}" if whole else _NOTHING,
        part=part,
        whole=whole,
        as_of=year.as_of,
        members=[],
        checks=[],
    )


def misjudgements(year: Year, _: Sequence[Person], facts: Sequence[Fact], title: str) -> Computed:
    """A16: misjudgements that an authority has found (T20); none recorded means none found."""
    rows = [
        row_of(fact, Decimal(1))
        for fact in facts
        if fact.kind is LedgerKind.T20
        and fact.details.get("category") == MISJUDGEMENT
        and fact.happened_on <= year.as_of
    ]
    summary = f"有关部门认定 {len(rows)} 次" if rows else "有关部门没有认定的重大决策失误"
    return Indicator(
        criterion=IndicatorCode.A16,
        title=title,
        value=Decimal(len(rows)),
        target=Decimal(0),
        measure="次",
        status=Status.MISSED if rows else Status.MET,
        summary=summary,
        as_of=year.as_of,
        members=[],
        checks=[],
    ), rows


def _status(year: Year, *, known: bool, met: bool) -> Status:
    if not known:
        return Status.NOT_APPLICABLE
    if met:
        return Status.MET
    return Status.MISSED if year.today > year.last else Status.AT_RISK
