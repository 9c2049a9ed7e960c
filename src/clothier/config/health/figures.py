"""Figures for Prometheus. Several web processes write them into one folder (PROMETHEUS_MULTIPROC_DIR, set at start)."""

import os

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.registry import REGISTRY

from clothier.config.health.state import State, look

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
REQUESTS = Counter("clothier_requests", "Requests answered", ["method", "route", "status"])
DURATION = Histogram("clothier_request_seconds", "Time to answer a request", ["route"], buckets=_SECONDS)


def note_request(*, method: str, route: str, status: int, seconds: float) -> None:
    REQUESTS.labels(method, route, str(status)).inc()
    DURATION.labels(route).observe(seconds)


def page() -> bytes:
    """Everything in the text format of Prometheus: requests of all web processes, and what the database tells now."""
    return _requests() + _shop(look())


def _requests() -> bytes:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _shop(state: State) -> bytes:
    registry = CollectorRegistry()
    for name, text, value in [
        ("clothier_deliveries_waiting", "Deliveries due and not yet made (counted up to 10 000)", state.waiting),
        ("clothier_deliveries_parked", "Deliveries that kept failing (counted up to 10 000)", state.parked),
        ("clothier_delivery_lag_seconds", "How late the oldest waiting delivery is", state.delivery_lag),
        ("clothier_promises_open", "Promises without a verdict (counted up to 10 000)", state.open_promises),
        ("clothier_promise_lag_seconds", "How late the earliest timer of a promise is", state.promise_lag),
        ("clothier_log_entries", "Events ever recorded (an estimate)", state.log_entries),
        ("clothier_worker_silence_seconds", "Time since the last sign of life of any worker", state.worker_silence),
    ]:
        if value is not None:
            Gauge(name, text, registry=registry).set(value)
    return generate_latest(registry)
