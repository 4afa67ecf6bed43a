"""Chinese sentences for what Pydantic finds wrong with a field."""

import re
from collections.abc import Mapping
from typing import Any

VALIDATION = "有 {} 处内容需要修改。"

_SENTENCES = {
    "missing": "必填。",
    "extra_forbidden": "不认识这一项，请删去。",
    "string_too_short": "不能少于 {min_length} 个字。",
    "string_too_long": "不能超过 {max_length} 个字。",
    "string_type": "须为文字。",
    "string_unicode": "含有无法识别的字符。",
    "string_pattern_mismatch": "格式不对。",
    "too_short": "至少要有 {min_length} 项。",
    "too_long": "最多 {max_length} 项。",
    "greater_than_equal": "不能小于 {ge}。",
    "greater_than": "须大于 {gt}。",
    "less_than_equal": "不能大于 {le}。",
    "less_than": "须小于 {lt}。",
    "enum": "须是下列之一：{expected}。",
    "literal_error": "须是下列之一：{expected}。",
    "decimal_max_digits": "数字过长，最多 {max_digits} 位。",
    "decimal_max_places": "小数最多 {decimal_places} 位。",
    "decimal_whole_digits": "整数部分最多 {whole_digits} 位。",
    "finite_number": "须为有限的数字。",
    "json_invalid": "请求不是有效的 JSON。",
    "list_type": "须为列表。",
    "dict_type": "须为对象。",
    "model_attributes_type": "须为对象。",
    "bool_parsing": "须为是或否。",
    "bool_type": "须为是或否。",
}
_FAMILIES = {
    "int": "须为整数。",
    "decimal": "须为数字。",
    "float": "须为数字。",
    "date_": "不是有效的日期，应写作 2026-01-31。",
    "datetime": "不是有效的时间。",
    "timezone": "时间须带时区。",
    "uuid": "编号格式不对。",
}
_VALUE_ERRORS = {"control_character": "含有不可见的控制字符，请删去后重新输入。"}


def validation_sentence(error: Mapping[str, Any]) -> str:
    """Say one Pydantic error in Chinese; a validator's own Chinese sentence passes through."""
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "value_error":
        said = str(context.get("error", ""))
        return _VALUE_ERRORS.get(said, said or "内容不符合要求。")
    if "expected" in context:  # Pydantic writes 'a', 'b' or 'c'
        choices = re.findall("'(.*?)'", context["expected"])
        context = {**context, "expected": "、".join(choices) or context["expected"]}
    if kind in _SENTENCES:
        return _SENTENCES[kind].format_map(context)
    family = next((zh for start, zh in _FAMILIES.items() if kind.startswith(start)), None)
    return family or "内容不符合要求。"
