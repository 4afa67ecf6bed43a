"""Whatever waits for a disk runs in a pool of a few threads, never on the loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_POOL = ThreadPoolExecutor(max_workers=8, thread_name_prefix="files")


async def in_thread(work: Callable[..., T], *args: object) -> T:
    """Run what waits for a disk beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, work, *args)
