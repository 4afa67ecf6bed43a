"""Settings, read once from the environment (prefix `SIHAO_`); the README documents each."""

from functools import cache
from pathlib import Path

from pydantic import Field, PostgresDsn, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    spa_dir: Path | None = None
    """The built SPA, when this process serves it too."""

    @property
    def blob_dir(self) -> Path:
        """Where the local store keeps evidence."""
        return self.data_dir / "blobs"


@cache
def settings() -> Settings:
    """Return the one instance; tests clear the cache."""
    return Settings()
