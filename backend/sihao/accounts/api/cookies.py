"""What a browser keeps of a log-in: cookies that no script reads."""

from dataclasses import dataclass

from fastapi import Request, Response
from sqlmodel import SQLModel

from sihao.accounts.actions.sessions import Client, Issued
from sihao.core.addresses import address_of
from sihao.core.settings import settings


@dataclass(frozen=True, slots=True)
class Kept:
    """One cookie. Browsers keep a `__Host-` name only over TLS; without it the plain one counts."""

    plain: str

    @property
    def secure(self) -> str:
        """Its name over TLS."""
        return f"__Host-{self.plain}"

    def set(self, request: Request, response: Response, value: str, seconds: int) -> None:
        """Give it to the browser."""
        secure = request.url.scheme == "https"
        response.set_cookie(
            self.secure if secure else self.plain,
            value,
            max_age=seconds,
            secure=secure,
            httponly=True,
            samesite="strict",
        )

    def forget(self, response: Response) -> None:
        """Take it away, by both names."""
        response.delete_cookie(self.secure, secure=True, httponly=True, samesite="strict")
        response.delete_cookie(self.plain, httponly=True, samesite="strict")


REFRESH = Kept("sihao-refresh")
SIGN_IN = Kept("sihao-sign-in")


def client_of(request: Request) -> Client:
    """Say where a log-in comes from."""
    return Client(address_of(request), request.headers.get("user-agent", ""))


def keep_refresh(request: Request, response: Response, issued: Issued) -> None:
    """Give the browser the refresh token, where one was issued."""
    if issued.refresh is not None:
        REFRESH.set(request, response, issued.refresh, settings().session_days * 86400)


def json_answer(body: SQLModel) -> Response:
    """Render an answer that also carries cookies."""
    return Response(body.model_dump_json(exclude_none=True), media_type="application/json")
