"""Every error a client can meet. `core/problems.py` renders them (RFC 9457)."""

import errno
from http import HTTPStatus
from typing import ClassVar

DISK_FULL = ("storage.full", "存储空间已满，请联系系统管理员。", "The disk is full.")
"""Code and sentences, for an answer and for a job."""
_FULL_SQLSTATE = "53100"
_FULL_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT})


class Problem(Exception):  # noqa: N818 - the RFC calls it a problem
    """Raise a subclass with a stable code (`slice.reason`) and a sentence in Chinese and English.

    `pointer` names the offending place as `/body/title`, `/query/limit`, `/path/plan_id`.
    Keyword extras become members of the answer.
    """

    status: ClassVar[int]

    def __init__(
        self, code: str, zh: str, en: str, *, pointer: str | None = None, **extra: object
    ) -> None:
        super().__init__(f"{code}: {en}")
        self.code = code
        self.zh = zh
        self.en = en
        self.pointer = pointer
        self.extra = extra
        self.headers: dict[str, str] = {}


class BadRequest(Problem):
    """The request itself is malformed."""

    status = HTTPStatus.BAD_REQUEST


class Unauthenticated(Problem):
    """Nobody, or nobody any more, stands behind the token."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code, zh, en)
        self.headers["WWW-Authenticate"] = "Bearer"


class Forbidden(Problem):
    """The actor may see the thing but not do this to it."""

    status = HTTPStatus.FORBIDDEN


class NotFound(Problem):
    """Missing and foreign things look the same."""

    status = HTTPStatus.NOT_FOUND


class Conflict(Problem):
    """The thing's state does not allow it."""

    status = HTTPStatus.CONFLICT


class Gone(Problem):
    """It existed once: a used ticket, an expired upload."""

    status = HTTPStatus.GONE


class Locked(Problem):
    """Somebody else is at it this very moment (423)."""

    status = HTTPStatus.LOCKED


class ChecksumMismatch(Problem):
    """The bytes that came are not those that were sent (460, of tus)."""

    status = 460


class Unsupported(Problem):
    """A content type that this place does not take (415)."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE


class WrongProtocol(Problem):
    """A version of a protocol that is not spoken here (412)."""

    status = HTTPStatus.PRECONDITION_FAILED


class Stale(Problem):
    """Somebody else changed it since (412)."""

    status = HTTPStatus.PRECONDITION_FAILED


class PreconditionRequired(Problem):
    """`If-Match` or `Idempotency-Key` is missing (428)."""

    status = HTTPStatus.PRECONDITION_REQUIRED


class TooLarge(Problem):
    """More bytes than this place takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class Invalid(Problem):
    """Well-formed, but not acceptable (422)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooMany(Problem):
    """Wait `Retry-After` seconds (429)."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, code: str, zh: str, en: str, *, retry_after: int) -> None:
        super().__init__(code, zh, en)
        self.headers["Retry-After"] = str(retry_after)


class Unavailable(Problem):
    """The service cannot do it just now (503)."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, code: str, zh: str, en: str, *, retry_after: int = 5) -> None:
        super().__init__(code, zh, en)
        self.headers["Retry-After"] = str(retry_after)


def is_disk_full(error: BaseException | None) -> bool:
    """Tell whether a full disk lies behind an error: of files or of PostgreSQL."""
    while error is not None:
        state = getattr(getattr(error, "orig", error), "sqlstate", None)
        if state == _FULL_SQLSTATE or getattr(error, "errno", None) in _FULL_ERRNOS:
            return True
        error = error.__cause__ or error.__context__
    return False
