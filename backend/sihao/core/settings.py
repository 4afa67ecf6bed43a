"""Settings, read once from the environment (prefix `SIHAO_`); the README documents each."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, PostgresDsn, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from sihao.core.allowed import AllowList


def _check_allow_list(written: str) -> str:
    AllowList(written)
    return written


_ADDRESS = r"^https?://[^\s?#]+$"
_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


def is_private(url: str) -> bool:
    """Tell whether nobody on the way can read or change what is said there."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in _THIS_MACHINE


class Settings(BaseSettings):
    """What an operator decides. Nothing here has a secret default."""

    model_config = SettingsConfigDict(env_prefix="SIHAO_", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = 8000
    data_dir: Path = Path(".sihao/data")
    database_url: PostgresDsn
    """As the app's role, which owns nothing: row-level security holds for it."""
    owner_database_url: PostgresDsn | None = None
    """As the owner of the tables; only migrations use it."""
    pool_size: int = 10
    signing_key: SecretStr | None = None
    """PEM of the EC P-256 key that signs access tokens; otherwise `<data_dir>/signing-key.pem`."""
    issuer: str = "sihao"
    access_token_seconds: int = 900
    session_days: int = 14
    public_url: str | None = Field(default=None, pattern=_ADDRESS)
    """Where browsers reach the product; other systems send people back to it."""
    oidc_issuer: str | None = Field(default=None, pattern=_ADDRESS)
    """The OpenID provider people may sign in with; its discovery document must name it so."""
    oidc_client_id: str = "sihao"
    oidc_client_secret: SecretStr | None = None
    oidc_scope: str = "openid profile"
    oidc_claim: str = "preferred_username"
    """What the provider says that is the account's name here."""
    oidc_label: str = "统一身份认证"
    oidc_create: bool = False
    """Somebody without an account gets one at the first sign-in, without any role."""
    cas_url: str | None = Field(default=None, pattern=_ADDRESS)
    """A CAS 3 server people may sign in with: `https://sso.example/cas`."""
    cas_label: str = "统一身份认证（CAS）"
    password_off_for: str = Field(default="", pattern=r"^([a-z.]+(,[a-z.]+)*)?$")
    """Roles (`committee.leader`) or their first words (`unit`) that sign in elsewhere only."""
    step_up: Literal["off", "totp", "all"] = "totp"
    """Who proves himself anew before he publishes, approves, grants: nobody; whoever has one-time
    codes or came from a provider; everybody."""
    step_up_minutes: int = Field(default=10, ge=1)
    max_upload_bytes: int = 3 * 1024**3
    blob_url: str | None = Field(default=None, pattern=r"^s3://[^/?]+")
    """`s3://bucket/prefix?endpoint=…&region=…`; otherwise evidence stays in the data folder."""
    blob_access_key: str | None = None
    blob_secret_key: SecretStr | None = None
    clamd: str | None = None
    """`host:port` or socket path of clamd; then no file is kept that it has not looked at."""
    guard_memory_bytes: int = 1536 * 1024 * 1024
    """Address space of one process that looks into a file or draws a page."""
    guard_seconds: int = 30
    """Processor time of the same; large files get a second more for each 10 MiB."""
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    """Bearer token for `/metrics` from other machines; without one it is for this machine only."""
    rate_log_ins: int = Field(default=600, ge=1)
    """Log-ins and tokens a minute for one address; a tenth of it for one account."""
    rate_requests: int = Field(default=6000, ge=1)
    """Requests a minute of one account, in each API process."""
    rate_jobs: int = Field(default=60, ge=1)
    """Imports, exports and manifests a minute of one account, all together."""
    rate_uploads: int = Field(default=3000, ge=1)
    """Uploads begun in a minute by one account."""
    rate_searches: int = Field(default=300, ge=1)
    """Searches a minute of one account."""
    outgoing_allow: Annotated[str, AfterValidator(_check_allow_list)] = ""
    """Where webhooks and portals may be sent to (`core/allowed.py`); nowhere unless named."""
    font_dir: Path | None = None
    """The committee's own fonts (仿宋_GB2312 …): documents are set in them first."""
    spa_dir: Path | None = None
    """The built SPA, when this process serves it too."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """A way to sign in is complete, safe, and never the last one that is switched off."""
        elsewhere = [url for url in (self.oidc_issuer, self.cas_url) if url]
        if elsewhere and self.public_url is None:
            raise ValueError("SIHAO_PUBLIC_URL is missing: where shall people come back to?")
        if self.password_off_for and not elsewhere:
            raise ValueError("SIHAO_PASSWORD_OFF_FOR leaves no way in: set OIDC or CAS first")
        for url in elsewhere:
            if not is_private(url):
                raise ValueError(f"{url} must be https: it says who somebody is")
        return self

    @property
    def public_origin(self) -> str:
        """Scheme, host and port where browsers reach the product; empty if nobody said so."""
        return (self.public_url or "").rstrip("/")

    @property
    def blob_dir(self) -> Path:
        """Where the local store keeps evidence."""
        return self.data_dir / "blobs"


@cache
def settings() -> Settings:
    """Return the one instance; tests clear the cache."""
    return Settings()
