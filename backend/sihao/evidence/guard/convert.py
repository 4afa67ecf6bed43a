"""Turn an Office file into a PDF with LibreOffice, within the limits of a parser's process.

`python -m sihao.evidence.guard.convert … PATH FOLDER ENDING PROGRAM` leaves `page.pdf` in FOLDER.
"""

import shutil
import subprocess
from pathlib import Path

from sihao.evidence.guard import process
from sihao.evidence.guard.refusals import refusal


def _answer(path: str, folder: str, ending: str, program: str) -> bytes:
    place = Path(folder)
    source = place / f"page{ending}"
    shutil.copyfile(path, source)
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
    environment = {"HOME": folder, "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
    subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: S603 - found on PATH by us
    if not (place / "page.pdf").is_file():
        raise refusal("broken")
    return b""


if __name__ == "__main__":
    process.serve(_answer)
