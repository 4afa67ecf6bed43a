"""Rules that hold for every endpoint, present and future."""

import inspect
import json
import re
from collections import Counter
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from sihao.core.routes import ProductRoute
from tests.conftest import ROOT

SPEC = json.loads((ROOT / "openapi.json").read_text())
OPERATIONS = [
    (method.upper(), path, operation)
    for path, methods in SPEC["paths"].items()
    for method, operation in methods.items()
]
IDS = [f"{method} {path}" for method, path, _ in OPERATIONS]
PUBLIC = {
    "session_open",
    "session_refresh",
    "session_close",
    "token_issue",
    "sign_in_get",
    "oidc_begin",
    "oidc_finish",
    "cas_begin",
    "cas_finish",
    "installation_claim",
    "file_get",
    "document_file_get",
    "export_file_get",
    "preview_get",
    "visit_file_get",
    "referral_file_get",
    "ballot_form_read",
    "ballot_paper_cast",
    "ballot_tag_find",
    "calendar_read",
    "health_live",
    "health_ready",
}
"""They prove who comes by other means: a password, a token, a one-time ticket, a secret address."""
NO_VERSION = {"session", "token", "password", "upload", "installation"}


def address(path: str) -> str:
    return re.sub(r"{[^}]+}", str(uuid4()), path)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
async def test_strangers_are_turned_away(client, method, path, operation):
    if operation["operationId"] in PUBLIC:
        return
    answer = await client.request(method, address(path), json={})
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_is_named_resource_verb_and_documented(method, path, operation):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"])
    assert operation.get("description") or operation.get("summary")


def test_every_operation_is_named_by_hand(app):
    assert [one.path for one in iterate(app.routes) if one.operation_id is None] == []


def test_operation_names_are_unique():
    names = Counter(operation["operationId"] for _, _, operation in OPERATIONS)
    assert [name for name, number in names.items() if number > 1] == []


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_a_write_to_an_existing_thing_asks_for_its_version(method, path, operation):
    changes = method in {"PATCH", "PUT"} or (method == "POST" and path.endswith(("/sign",)))
    if changes and not operation["operationId"].startswith(tuple(NO_VERSION)):
        names = {one["name"].lower() for one in operation.get("parameters", [])}
        assert "if-match" in names or path.endswith(("/content", "/results")), path


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_bodies_refuse_what_they_do_not_know(method, path, operation):
    content = operation.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref")
    if reference:
        schema = SPEC["components"]["schemas"][reference.rsplit("/", 1)[1]]
        assert schema.get("additionalProperties") is False, reference


def test_the_contract_is_the_one_that_is_served(app):
    assert json.loads(json.dumps(app.openapi())) == SPEC


def test_every_post_is_answered_from_the_record_when_it_is_repeated(app):
    posts = [one for one in iterate(app.routes) if "POST" in one.methods]
    assert len(posts) > 50
    assert [one.path for one in posts if not isinstance(one, ProductRoute)] == []


OUTSIDE = {
    "/scim/v2/{path:path}": "another protocol, which describes itself: tests/provisioning",
    "/metrics": "for Prometheus, in its form",
}
"""Addresses that the contract does not name, and why."""


def test_the_contract_leaves_nothing_out_without_a_reason(app):
    assert {one.path for one in iterate(app.routes) if not one.include_in_schema} == set(OUTSIDE)


def iterate(routes):
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif included := getattr(route, "original_router", None):
            yield from iterate(included.routes)


def test_what_a_request_opens_is_closed_before_its_answer_goes_out(app):
    """With FastAPI's default scope a commit that fails is still answered 200."""
    opened = {
        f"{route.path} {one.call.__name__}": one.scope
        for route in iterate(app.routes)
        for one in parts(route.dependant)
        if inspect.isasyncgenfunction(one.call) or inspect.isgeneratorfunction(one.call)
    }
    assert len(opened) > 100
    assert {name for name, scope in opened.items() if scope != "function"} == set()


def parts(dependant):
    yield dependant
    for one in dependant.dependencies:
        yield from parts(one)


def test_tables_are_never_bodies_nor_answers(app):
    for route in iterate(app.routes):
        told = [one.field_info.annotation for one in route.dependant.body_params]
        for one in (*told, route.response_model):
            assert not hasattr(one, "__table__"), f"{route.path} shows the table {one.__name__}"
