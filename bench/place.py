"""A throw-away place to measure in: a database with tables, a folder, settings that lead there."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sihao.core import embedded
from sihao.core.tokens import new_signing_key

PASSWORD = "bench-password-1"  # noqa: S105 - of a city that lives for a minute


@contextmanager
def throw_away() -> Iterator[embedded.Embedded]:
    """Make it for the length of a block; nothing of it is left."""
    with (
        tempfile.TemporaryDirectory(prefix="sihao-bench-") as folder,
        embedded.embedded(Path(folder) / "postgres") as server,
    ):
        os.environ |= {
            "SIHAO_DATABASE_URL": server.app_url,
            "SIHAO_OWNER_DATABASE_URL": server.owner_url,
            "SIHAO_DATA_DIR": folder,
            "SIHAO_SIGNING_KEY": new_signing_key(),
        }
        migrate = [sys.executable, "-m", "alembic", "upgrade", "head"]
        subprocess.run(migrate, check=True, capture_output=True)  # noqa: S603 - our own
        yield server
