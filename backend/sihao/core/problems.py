"""The one place that turns exceptions and SQLSTATEs into problem answers (RFC 9457)."""

from http import HTTPStatus
from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from sihao.core.errors import DISK_FULL, Problem, is_disk_full
from sihao.core.words import VALIDATION, validation_sentence

_log = structlog.get_logger("sihao.problems")

_HTTP: dict[int, tuple[str, str, str]] = {
    400: ("request.malformed", "请求格式有误，无法解析。", "The request cannot be parsed."),
    404: ("route.unknown", "没有这个地址。", "No such address."),
    405: ("route.method", "这个地址不支持该操作。", "This method is not allowed here."),
    413: ("request.too_large", "提交的内容过大。", "The request is too large."),
}
_SQLSTATE: dict[str, tuple[int, str, str, str]] = {
    "22": (422, "request.value", "有的内容超出允许的范围。", "A value is out of range."),
    "23001": (
        409,
        "reference.held",
        "正被引用的不能撤回，已撤回的不能引用。",
        "It is named or gone.",
    ),
    "23502": (422, "request.missing", "缺少必填的内容。", "A value is missing."),
    "23503": (422, "reference.unknown", "引用的对象不存在。", "It points to something unknown."),
    "23505": (409, "constraint", "已有相同的记录，不能重复。", "There is one already."),
    "23514": (422, "constraint", "内容不符合数据规则。", "This breaks a rule of the data."),
    "40": (503, "database.busy", "并发较多，请稍后重试。", "Please try again."),
    "42501": (404, "thing.unknown", "没有找到。", "Not found."),
    "53100": (507, *DISK_FULL),
    "55P03": (409, "row.locked", "他人正在办理，请稍后重试。", "Somebody else holds it."),
    "57014": (503, "database.slow", "处理超时，请稍后重试。", "The query took too long."),
}
_TITLES = {460: "Checksum Mismatch"}
"""Of status codes that are not HTTP's own."""
_DOWN = (503, "database.down", "数据库暂时不可用，请稍后重试。", "The database is unavailable.")


def _english(request: Request) -> bool:
    return request.headers.get("accept-language", "").lower().startswith("en")


def _render(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    extra: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Write the answer; a route of another protocol has its own words (`state.write_problem`)."""
    write = getattr(request.state, "write_problem", None)
    if write is not None:
        told: Response = write(status, code, detail, headers)
        return told
    body = {
        "type": f"/problems/{code}",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "trace_id": request.scope.get("request_id", ""),
        "errors": [],
        **(extra or {}),
    }
    return JSONResponse(
        _jsonable(body), status, headers=headers, media_type="application/problem+json"
    )


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _jsonable(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_jsonable(v) for v in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def answer(request: Request, exc: Problem) -> Response:
    """Render a problem that is an answer to be committed, such as a refused log-in."""
    detail = exc.en if _english(request) else exc.zh
    extra = dict(exc.extra)
    if exc.pointer:
        extra.setdefault("errors", [{"pointer": exc.pointer, "code": exc.code, "detail": detail}])
    return _render(request, exc.status, exc.code, detail, extra=extra, headers=exc.headers)


async def _problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)  # noqa: S101 - registered for it
    return answer(request, exc)


async def _invalid(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)  # noqa: S101 - registered for it
    english = _english(request)
    errors = [
        {
            "pointer": "/" + "/".join(str(part) for part in one["loc"]),
            "code": one["type"],
            "detail": one["msg"] if english else validation_sentence(one),
        }
        for one in exc.errors()[:100]
    ]
    detail = f"The request has {len(errors)} errors." if english else VALIDATION.format(len(errors))
    return _render(request, 422, "request.invalid", detail, extra={"errors": errors})


async def _database(request: Request, exc: Exception) -> Response:
    """Turn a broken constraint into a conflict; the naming convention keeps its name stable."""
    assert isinstance(exc, DBAPIError)  # noqa: S101 - registered for it
    state = getattr(exc.orig, "sqlstate", None) or ""
    known = _known(state)
    if known is None and exc.connection_invalidated:
        known = _DOWN
    if known is None:
        return await _unexpected(request, exc)
    status, code, zh, en = known
    cause = getattr(exc.orig, "__cause__", None)
    constraint = getattr(cause, "constraint_name", None)
    if code == "constraint":
        code = f"constraint.{constraint or 'unknown'}"
    return _say(request, (status, code, zh, en), state)


async def _no_session(request: Request, exc: Exception) -> Response:
    """What the driver says while no session can be had: a server that is down, starts, is full."""
    state = getattr(exc, "sqlstate", None) or ""
    known = _known(state) if state else _DOWN
    return await _unexpected(request, exc) if known is None else _say(request, known, state)


async def _all_lent(request: Request, _: Exception) -> Response:
    return _say(request, _SQLSTATE["40"])


def _known(state: str) -> tuple[int, str, str, str] | None:
    away = _DOWN if state[:2] in {"08", "57", "53"} else None
    return _SQLSTATE.get(state) or _SQLSTATE.get(state[:2]) or away


def _say(request: Request, known: tuple[int, str, str, str], state: str = "") -> Response:
    status, code, zh, en = known
    headers = {"Retry-After": "2"} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        trace_id = request.scope.get("request_id")
        _log.warning("database", code=code, sqlstate=state, trace_id=trace_id)
    return _render(request, status, code, en if _english(request) else zh, headers=headers)


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)  # noqa: S101 - registered for it
    code, zh, en = _HTTP.get(exc.status_code, ("request.refused", "请求被拒绝。", str(exc.detail)))
    detail = en if _english(request) else zh
    return _render(request, exc.status_code, code, detail, headers=dict(exc.headers or {}))


async def _disconnected(request: Request, _: Exception) -> Response:
    return _render(request, 400, "request.cut", "连接中断，内容没有收完。")


async def _unexpected(request: Request, exc: Exception) -> Response:
    _log.error("unexpected", exc_info=exc, trace_id=request.scope.get("request_id"))
    zh, en = "系统出错，已记录。请把追踪号告诉管理员。", "Something went wrong; it is logged."
    return _render(request, 500, "server.error", en if _english(request) else zh)


def install(app: FastAPI) -> None:
    """Register the handlers."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(asyncpg.PostgresError, _no_session)
    app.add_exception_handler(asyncpg.InterfaceError, _no_session)
    app.add_exception_handler(PoolTimeoutError, _all_lent)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _disconnected)
    app.add_exception_handler(OSError, _unreachable)
    app.add_exception_handler(Exception, _unexpected)


async def _unreachable(request: Request, exc: Exception) -> Response:
    """Tell a full disk, a refused connection and an endless wait from our own mistakes."""
    assert isinstance(exc, OSError)  # noqa: S101 - registered for it
    if is_disk_full(exc):
        return _say(request, _SQLSTATE["53100"])
    if isinstance(exc, ConnectionError):
        return _say(request, _DOWN)
    if isinstance(exc, TimeoutError):
        return _say(request, _SQLSTATE["57014"])
    return await _unexpected(request, exc)
