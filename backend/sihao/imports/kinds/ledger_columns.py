"""The columns of the twenty ledgers, made from the models that their forms are made from."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sihao.imports.columns import Column, Sheet, Type
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerKind

MEMBERS = "members"
_TYPES = {"integer": Type.INTEGER, "boolean": Type.BOOLEAN, "string": Type.TEXT}
_FORMATS = {"date": Type.DATE, "decimal": Type.DECIMAL}
_KINDS = {kind.value: f"{kind.value} {rule.name}" for kind, rule in KINDS.items()}
LEDGER = Column(
    "kind",
    "台账",
    Type.CHOICE,
    choices=_KINDS,
    hint="台账编号或名称；按工作表填写时可不填。",
    width=22,
)
_NAMES = {value: value for value in _KINDS} | {
    name: kind.value for kind, rule in KINDS.items() for name in (rule.name, _KINDS[kind.value])
}


def kind_named(said: str) -> LedgerKind | None:
    """Tell which ledger `T5`, `中心组学习` or `T5 中心组学习` means."""
    found = _NAMES.get(said.strip())
    return LedgerKind(found) if found else None


def sheet_title(kind: LedgerKind) -> str:
    """Call a ledger's sheet; a title of a sheet has no quotes and at most 31 characters."""
    return _KINDS[kind.value][:31]


@cache
def columns_of(kind: LedgerKind) -> tuple[Column, ...]:
    """Give all columns of a ledger, in the order of its form."""
    rule = KINDS[kind]
    made = [
        Column("id", "系统编号", hint="导出时带出，用来对应原有记录；新增的不填。", width=12),
        LEDGER,
        Column(
            "unit",
            "单位",
            required=kind is LedgerKind.T20,
            hint="单位编码或名称。" if kind is LedgerKind.T20 else "单位编码或名称；本单位可不填。",
            aliases=("unit_id", "单位编码"),
        ),
        Column(
            "external_code",
            "外部编号",
            hint="本单位系统中的编号；再次导入时按它更新，不会重复。",
            example="OA-2026-001",
        ),
    ]
    if not rule.personal:
        made.append(
            Column("title", rule.title, required=True, shared="名称", example="一则", width=32)
        )
    made.append(Column("happened_on", rule.happened, Type.DATE, required=True, shared="日期"))
    if rule.ended:
        made.append(Column("ended_on", rule.ended, Type.DATE, shared="结束日期"))
    if rule.members:
        hint = "姓名之间用顿号隔开。"
        made.append(
            Column(
                MEMBERS,
                rule.members.label,
                Type.NAMES,
                required=rule.members.required,
                hint=hint,
                aliases=("member_ids",),
                shared="班子成员",
                width=24,
            )
        )
    schema = rule.details.model_json_schema()
    return (*made, *_details(schema, schema.get("$defs", {})))


def _details(
    schema: Mapping[str, Any], known: Mapping[str, Any], name: str = "", heading: str = ""
) -> Iterator[Column]:
    required = schema.get("required", ())
    for key, told in schema["properties"].items():
        options = [told, *told.get("anyOf", ()), *told.get("allOf", ())]
        below = next((one["$ref"] for one in options if "$ref" in one), None)
        title = str(told.get("title", key))
        if below:
            yield from _details(
                known[below.rsplit("/", 1)[1]], known, f"{name}{key}.", f"{title}："
            )
            continue
        shape = {k: v for one in reversed(options) for k, v in one.items()}
        choices = {str(one): str(one) for one in shape.get("enum", ())}
        kind = (
            Type.CHOICE
            if choices
            else _FORMATS.get(shape.get("format", ""), _TYPES[_named_type(options)])
        )
        yield Column(
            name + key,
            heading + title,
            kind,
            required=key in required,
            choices=choices,
            hint=str(told.get("description", "")),
            example=shape.get("default"),
            width=24 if kind is Type.TEXT else 14,
        )


def _named_type(options: list[Mapping[str, Any]]) -> str:
    return next(str(one["type"]) for one in options if one.get("type") not in (None, "null"))


@cache
def headings_of_all() -> frozenset[str]:
    """Give every heading and name that any ledger knows."""
    return frozenset(
        name
        for kind in KINDS
        for column in columns_of(kind)
        for name in (column.heading, column.common, column.name, *column.aliases)
    )


def sheets() -> list[Sheet]:
    """Give one sheet for each ledger."""
    return [
        Sheet(sheet_title(kind), columns_of(kind), (rule.hint,)) for kind, rule in KINDS.items()
    ]
