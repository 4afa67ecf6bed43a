"""What a long-running process keeps of the memory it has used."""

import contextlib
import ctypes
import sys

_M_MMAP_THRESHOLD = -3
_LARGE = 1024 * 1024


def give_back_large_blocks() -> None:
    """Let freed blocks of a megabyte and more go back to the system, each at once.

    glibc learns from the first such block to keep the next ones: after a log-in a process would
    hold the 19 MiB for ever that hashing a password takes for 26 ms.
    """
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # musl gives them back anyway
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)
