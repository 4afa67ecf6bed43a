"""Inside a process that looks into a file somebody sent: what it may take."""

import os


def confine(memory: int, seconds: int, written: int) -> None:
    """Bound bytes of memory, seconds of processor and bytes of a file, where the system can."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - only POSIX has it

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
