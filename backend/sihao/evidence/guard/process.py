"""Inside a parser's process: take the limits on, do the work, answer on standard output."""

import contextlib
import json
import os
import sys
from collections.abc import Callable

from sihao.core.confine import confine
from sihao.core.errors import Problem
from sihao.evidence.guard.limits import UNPACKED
from sihao.evidence.guard.refusals import refusal

REFUSED, DONE = b"R", b"D"
"""The first byte of an answer: a problem as JSON, or what the work gave."""


def serve(work: Callable[..., bytes]) -> None:
    """Run the work on the arguments after the limits `MEMORY SECONDS` and answer.

    Whatever a parser raises means that it could not read the file.
    """
    memory, seconds, *arguments = sys.argv[1:]
    confine(int(memory), int(seconds), UNPACKED)
    answer = sys.stdout.buffer
    try:
        done = DONE + work(*arguments)
    except Problem as problem:
        done = REFUSED + _told(problem)
    except (MemoryError, RecursionError):
        done = REFUSED + _told(refusal("exhausting"))
    except Exception as error:  # noqa: BLE001 - a hostile file may raise anything in a parser
        done = REFUSED + _told(refusal("broken"), cause=type(error).__name__)
    with contextlib.suppress(BrokenPipeError):
        answer.write(done)
        answer.flush()
    os._exit(0)  # nothing of a parser is torn down, so that nothing can hang there


def _told(problem: Problem, cause: str = "") -> bytes:
    told = {
        "status": int(problem.status),
        "code": problem.code,
        "zh": problem.zh,
        "en": problem.en,
        "extra": problem.extra,
        "cause": cause,
    }
    return json.dumps(told).encode()
