"""Free fonts like those which official documents are set in, fetched once and kept in `.sihao`.

They are taken out of Debian's packages and not installed, so nobody needs to be root. A machine
without apt does with the two fonts among the Python packages; `sihao doctor` tells.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from runner.processes import STATE, say

if TYPE_CHECKING:
    from collections.abc import Iterator

FONTS = STATE / "fonts"
PACKAGES = ("texlive-lang-chinese", "fonts-lxgw-wenkai")
WANTED = {
    "FandolFang-Regular.otf": "FandolFang-Regular.otf",
    "FandolHei-Regular.otf": "FandolHei-Regular.otf",
    "FandolKai-Regular.otf": "FandolKai-Regular.otf",
    "FandolSong-Bold.otf": "FandolSong-Bold.otf",
    "LXGWWenKai-Regular.ttf": "LXGWWenKai-Regular.ttf",
    "fandol/COPYING.gz": "FandolCOPYING.gz",
    "fonts-lxgw-wenkai/copyright": "LXGWWenKai-copyright.txt",
}
SECONDS = 300


def fetch_fonts() -> None:
    """Fill the folder; where that fails it stays empty, is not tried again, and that is said."""
    shutil.rmtree(FONTS, ignore_errors=True)
    FONTS.mkdir(parents=True)
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return
    say("- fetching the fonts of official documents …")
    with tempfile.TemporaryDirectory() as made:
        try:
            for package in _packages(Path(made)):
                _keep_fonts(package)
        except (OSError, subprocess.SubprocessError, tarfile.TarError):
            say(f"  not to be had now; Noto stands in. Remove {FONTS} to try again")


def _packages(place: Path) -> Iterator[Path]:
    """Download the packages by the machine's lists, or by lists of our own if it has none."""
    if _apt(place, "download", *PACKAGES):
        lists = ["-o", f"Dir::State={place}/state", "-o", f"Dir::Cache={place}/cache"]
        for folder in ("state/lists/partial", "cache/archives/partial"):
            (place / folder).mkdir(parents=True)
        _apt(place, *lists, "update", check=True)
        _apt(place, *lists, "download", *PACKAGES, check=True)
    return place.glob("*.deb")


def _apt(place: Path, *arguments: str, check: bool = False) -> int:
    impatient = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        impatient += ["-o", "APT::Sandbox::User=root"]
    command = ["apt-get", "-qq", *impatient, *arguments]
    return subprocess.run(
        command, cwd=place, capture_output=True, check=check, timeout=SECONDS
    ).returncode


def _keep_fonts(package: Path) -> None:
    """Write the fonts and licences of one package into the folder, and nothing else of it."""
    command = ["dpkg-deb", "--fsys-tarfile", str(package)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as child,
        tarfile.open(fileobj=child.stdout, mode="r|") as members,
    ):
        for member in members:
            for ending, name in WANTED.items():
                content = member.isfile() and member.name.endswith(f"/{ending}")
                if content and (source := members.extractfile(member)):
                    (FONTS / name).write_bytes(source.read())
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, "dpkg-deb")
