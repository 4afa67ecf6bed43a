"""The database that commands work on, and its tables."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config

import sihao
from sihao.core.embedded import Embedded, embedded
from sihao.core.settings import Settings, settings

MIGRATIONS = Path(sihao.__file__).parent / "migrations"
ALEMBIC_INI = MIGRATIONS.parents[2] / "alembic.ini"
"""Only a source tree has it; writing a revision needs it, migrating does not."""


def data_dir() -> Path:
    """The data folder before all settings are known: they need a database, which lies in it."""
    return Path(os.environ.get("SIHAO_DATA_DIR", Settings.model_fields["data_dir"].default))


@contextmanager
def at_hand() -> Iterator[None]:
    """The database of SIHAO_DATABASE_URL, else the embedded one for the length of the block."""
    if "SIHAO_DATABASE_URL" in os.environ:
        yield
    else:
        with embedded(data_dir() / "postgres") as server:
            use(server)
            yield


def use(server: Embedded) -> None:
    """Point the settings of this process and its children to an embedded server."""
    os.environ["SIHAO_DATABASE_URL"] = server.app_url
    os.environ["SIHAO_OWNER_DATABASE_URL"] = server.owner_url
    settings.cache_clear()


def migrate() -> None:
    """Bring the tables up to date, as their owner."""
    command.upgrade(_config(), "head")


def revision(purpose: str) -> None:
    """Write a migration from the models; alembic names the file by date and purpose."""
    command.revision(_config(), purpose, autogenerate=True)


def _config() -> Config:
    """Alembic's configuration, in a source tree and in an installed package alike."""
    config = Config(ALEMBIC_INI if ALEMBIC_INI.exists() else None)
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
