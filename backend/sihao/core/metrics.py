"""`/metrics` for Prometheus: requests, the pool of database connections, jobs.

A request costs two dictionary look-ups and some additions here. Several API processes of one
`sihao serve` add their figures up through files in `PROMETHEUS_MULTIPROC_DIR`, which that command
makes; whichever of them is asked answers for all.
"""

import os
from collections.abc import Iterable
from hmac import compare_digest
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, exposition
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import Scope

from sihao.core.addresses import address_of
from sihao.core.db import engine
from sihao.core.errors import Forbidden
from sihao.core.settings import settings

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REQUESTS = Counter("sihao_requests", "Answers, by route.", ("method", "route", "status"))
SECONDS = Histogram(
    "sihao_request_seconds",
    "From the first line of a request to the last byte of its answer.",
    ("method", "route"),
    buckets=_BUCKETS,
)
IN_USE = Gauge(
    "sihao_db_connections_in_use",
    "Database connections that are lent out.",
    multiprocess_mode="livesum",
)
_JOBS = text("SELECT status::text, count(*) FROM pgqueuer GROUP BY status")
_JOB_STATES = {"queued": "waiting", "picked": "running", "failed": "held"}

router = APIRouter()


def observe(scope: Scope, status: int, seconds: float) -> None:
    """Count one answer under its route's template (without `/api/v1`); others are one group."""
    method = scope["method"] if scope["method"] in _METHODS else "other"
    route = getattr(scope.get("route"), "path", "") or "other"
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)


def watch(pool_of: AsyncEngine) -> None:
    """Count the connections of a pool as they are lent out and come back."""
    pool = pool_of.sync_engine.pool
    event.listen(pool, "checkout", lambda *_: IN_USE.inc())
    event.listen(pool, "checkin", lambda *_: IN_USE.dec())


def forget_process() -> None:
    """Take this process out of the sums of what is just now."""
    if SHARED in os.environ:
        mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]  # the library


@router.get("/metrics", operation_id="metrics_get", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """Answer in Prometheus' text format, to this machine or to who has the token."""
    _check(request)
    async with engine().connect() as connection:
        rows = (await connection.execute(_JOBS)).all()
    registry = CollectorRegistry()
    registry.register(_Jobs({str(status): int(count) for status, count in rows}))
    if SHARED in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library
        shown = exposition.generate_latest(registry)
    else:
        shown = exposition.generate_latest(REGISTRY) + exposition.generate_latest(registry)
    return Response(shown, media_type=exposition.CONTENT_TYPE_PLAIN_0_0_4)


class _Jobs(Collector):
    """Jobs by what they wait for."""

    def __init__(self, counted: dict[str, int]) -> None:
        self._counted = counted

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Give one figure for each state, zero too."""
        family = GaugeMetricFamily("sihao_jobs", "Jobs in the queue.", labels=("state",))
        for status, state in _JOB_STATES.items():
            family.add_metric((state,), self._counted.get(status, 0))
        yield family


def _check(request: Request) -> None:
    token = settings().metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.get_secret_value().encode()):
        return
    if not ip_address(address_of(request)).is_loopback:
        zh = "运行指标只对本机开放，或须带上令牌（SIHAO_METRICS_TOKEN）。"
        raise Forbidden("metrics.closed", zh, "Only this machine, or with the token.")
