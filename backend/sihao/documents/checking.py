"""Check one template, in a process of its own: `python -m sihao.documents.checking FILE`."""

import sys
from pathlib import Path

from sihao.core.confine import confine
from sihao.documents.template_schemas import FINDINGS
from sihao.documents.templates import check_template

_MEMORY = 1024**3
_SECONDS = 20
_WRITTEN = 16 * 1024**2


def main(path: str) -> None:
    """Write what there is to say as JSON."""
    confine(_MEMORY, _SECONDS, _WRITTEN)
    sys.stdout.buffer.write(FINDINGS.dump_json(check_template(Path(path).read_bytes())))


if __name__ == "__main__":
    main(sys.argv[1])
