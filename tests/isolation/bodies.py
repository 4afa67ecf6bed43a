"""Bodies that satisfy the contract, so that only authorisation can refuse them."""

from typing import Any


def body_for(spec: dict, operation: dict, foreign: str) -> Any:
    """Make the smallest acceptable body; every id in it is `foreign`. None where there is none."""
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema")
    return None if schema is None else _value(spec, schema, foreign)


def _value(spec: dict, schema: dict, foreign: str) -> Any:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return _value(spec, spec["components"]["schemas"][name], foreign)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for one in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        return _value(spec, one, foreign)
    return _OF_TYPE[schema.get("type", "object")](spec, schema, foreign)


def _object(spec: dict, schema: dict, foreign: str) -> dict:
    wanted = schema.get("required", [])
    told = {name: one for name, one in schema.get("properties", {}).items() if _is_id(one)}
    names = dict.fromkeys([*wanted, *told, "absence", "unit_ids"])
    properties = schema.get("properties", {})
    return {n: _value(spec, properties[n], foreign) for n in names if n in properties}


def _is_id(schema: dict) -> bool:
    return any(one.get("format") == "uuid" for one in (schema, *schema.get("anyOf", ())))


def _text(spec: dict, schema: dict, foreign: str) -> str:
    made = {
        "uuid": foreign,
        "date": "2026-05-01",
        "date-time": "2026-05-01T09:00:00+08:00",
    }.get(schema.get("format", ""))
    return made or "文" * max(1, schema.get("minLength", 1))


_OF_TYPE = {
    "object": _object,
    "array": lambda spec, schema, foreign: [_value(spec, schema["items"], foreign)],
    "string": _text,
    "integer": lambda _spec, schema, _foreign: max(1, schema.get("minimum", 1)),
    "number": lambda _spec, _schema, _foreign: "1.00",
    "boolean": lambda _spec, _schema, _foreign: True,
    "null": lambda _spec, _schema, _foreign: None,
}
