"""A scheme as a workbook or as YAML, out and in again."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from sihao.campaigns.scheme import Rules
from sihao.campaigns.workbooks import (
    XLSX,
    YAML,
    Mistake,
    ReadSheet,
    Sheet,
    read_xlsx,
    read_yaml,
    unreadable,
    write_xlsx,
    write_yaml,
    wrong,
)
from sihao.core.words import validation_sentence

ROUNDING = {"half_up": "四舍五入", "half_even": "四舍六入五成双", "down": "舍去"}
KINDS = {"bonus": "加分", "penalty": "减分"}
_YES = {True: "是", False: "否"}
HEAD = {
    "scorers": "每个条目评分人数",
    "co_share": "并入考核占比",
    "ballot_share": "民主测评占比",
    "bonus_most": "加分最多",
    "penalty_most": "减分最多",
    "ceiling": "总分最高",
    "places": "小数位数",
    "rounding": "尾数处理",
    "objection_days": "申辩工作日",
    "below": "约谈：低于分数",
    "findings": "约谈：问题不少于",
    "days_not_counted": "不计入调研天数的事由",
}
_LAYOUTS = {
    "head": Sheet(
        "总则",
        HEAD,
        {"rounding": ROUNDING},
    ),
    "dimensions": Sheet("方面", {"code": "方面", "points": "分值"}),
    "items": Sheet("条目", {"code": "条目", "points": "分值", "floor": "保底分"}),
    "clauses": Sheet(
        "扣分目录", {"item": "条目", "number": "序号", "text": "情形", "points": "每次扣分"}
    ),
    "levels": Sheet("档次", {"item": "条目", "name": "档次", "text": "描述", "points": "得分"}),
    "not_for": Sheet("不适用条目", {"unit_class": "单位类别", "item": "条目"}),
    "co_weights": Sheet("并入考核权数", {"code": "考核", "points": "权数"}),
    "rater_groups": Sheet("测评分组权数", {"code": "分组", "points": "权数"}),
    "extras": Sheet(
        "加分减分",
        {
            "code": "编号",
            "kind": "类别",
            "text": "事项",
            "points": "每次分值",
            "times_most": "最多次数",
            "notice_days": "公示工作日",
        },
        {"kind": KINDS},
    ),
    "vetoes": Sheet(
        "一票否决",
        {
            "code": "编号",
            "text": "事项",
            "grade": "最高等次",
            "assessment": "由哪项考核的主管部门提出",
            "notice_days": "公示工作日",
        },
    ),
    "grades": Sheet(
        "等次",
        {
            "name": "等次",
            "at_least": "不低于",
            "no_zero_item": "不得有零分条目",
            "dimension_percent": "各方面不低于%",
        },
        {"no_zero_item": _YES},
    ),
    "quotas": Sheet("等次名额", {"grade": "等次", "unit_class": "单位类别", "percent": "比例%"}),
}
_LISTS = ("extras", "vetoes", "grades", "quotas")
_WEIGHTS = ("dimensions", "co_weights", "rater_groups")
_Place = tuple[str, int]
"""A sheet, and the place of a row in it."""


def write_scheme(rules: Rules, form: str) -> bytes:
    """Write a scheme as `xlsx` or `yaml`; either can be read back as it is."""
    plain = rules.model_dump(mode="json")
    return write_yaml(plain) if form == "yaml" else _write_book(plain)


def _write_book(plain: dict[str, Any]) -> bytes:
    head = {
        **plain,
        **plain["interview"],
        "days_not_counted": "、".join(plain["days_not_counted"]),
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "head": [head],
        "items": [{"code": code, **one} for code, one in plain["items"].items()],
        "not_for": [
            {"unit_class": name, "item": code}
            for name, codes in plain["not_for"].items()
            for code in codes
        ],
        **{name: plain[name] for name in _LISTS},
        **{
            name: [{"code": code, "points": points} for code, points in plain[name].items()]
            for name in _WEIGHTS
        },
        **{
            name: [
                {"item": code, **each} for code, one in plain["items"].items() for each in one[name]
            ]
            for name in ("clauses", "levels")
        },
    }
    return write_xlsx((layout, rows[part]) for part, layout in _LAYOUTS.items())


def read_scheme(content: bytes, media_type: str) -> Rules:
    """Read a file by its media type; raise `Invalid` with every mistake in it."""
    if media_type == XLSX:
        return _read_book(content)
    if media_type not in {YAML, "text/yaml", "application/x-yaml"}:
        raise unreadable("只接受 XLSX 或 YAML 文件。", "/header/Content-Type")
    return read_yaml(content, Rules, "scheme")


def _read_book(content: bytes) -> Rules:
    parts = read_xlsx(content, _LAYOUTS)
    plain, places = _gather(parts)
    try:
        return Rules.model_validate(plain)
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise wrong((_locate(one, parts, places) for one in found), "scheme") from error


def _gather(
    parts: Mapping[str, ReadSheet],
) -> tuple[dict[str, Any], dict[tuple[Any, ...], _Place]]:
    """Put the sheets together as a scheme's plain values; remember the row of each place."""
    head = {name: said for name, said in (parts["head"].rows or [{}])[0].items() if said != ""}
    interview = {name: head.pop(name) for name in ("below", "findings") if name in head}
    days = head.pop("days_not_counted", "")
    plain: dict[str, Any] = {
        **head,
        "interview": interview,
        "days_not_counted": [one for one in days.replace(",", "、").split("、") if one],
    }
    places: dict[tuple[Any, ...], _Place] = {}
    for name in _LISTS:
        plain[name] = [_filled(row) for row in parts[name].rows]
        places |= {(name, at): (name, at) for at in range(len(plain[name]))}
    for name in _WEIGHTS:
        plain[name] = {row["code"]: row["points"] for row in parts[name].rows}
        places |= {(name, row["code"]): (name, at) for at, row in enumerate(parts[name].rows)}
    plain["items"] = {row["code"]: _filled(row, "code") for row in parts["items"].rows}
    places |= {("items", row["code"]): ("items", at) for at, row in enumerate(parts["items"].rows)}
    for name in ("clauses", "levels"):
        for at, row in enumerate(parts[name].rows):
            listed = plain["items"].setdefault(row["item"], {}).setdefault(name, [])
            places["items", row["item"], name, len(listed)] = (name, at)
            listed.append(_filled(row, "item"))
    aside: dict[str, list[str]] = defaultdict(list)
    for row in parts["not_for"].rows:
        aside[row["unit_class"]].append(row["item"])
    return {**plain, "not_for": dict(aside)}, places


def _filled(row: Mapping[str, Any], without: str = "") -> dict[str, Any]:
    """Leave out what is blank: it has its default, or is missing."""
    return {name: said for name, said in row.items() if said != "" and name != without}


def _locate(
    error: Any, parts: Mapping[str, ReadSheet], places: Mapping[tuple[Any, ...], _Place]
) -> Mistake:
    loc = error["loc"]
    for length in range(len(loc), 0, -1):
        if loc[:length] in places:
            part, at = places[loc[:length]]
            rest = loc[length] if length < len(loc) else ""
            return parts[part].mistake(at, str(rest) or "points", error)
    name = str(loc[-1]) if loc else ""
    if name in HEAD:
        return parts["head"].mistake(0, name, error)
    return Mistake("/body", error["type"], validation_sentence(error))
