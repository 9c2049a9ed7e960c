"""Logs: one line an event, as text for people or JSON for machines, and never a customer's data."""

import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from clothier.kernel.redaction import redact


def configure(options: dict[str, Any]) -> None:
    """Called by Django at start (LOGGING_CONFIG): `level` and `json` from the settings."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=_shared(), processors=_final(as_json=options["json"]))
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(options["level"])
    # A request is told once, by us, with the route instead of the address; what Django alone knows is why one failed.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.server").setLevel(logging.CRITICAL)


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redacted,
    ]


def _redacted(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {key: value if key.startswith("_") else redact(key, value) for key, value in event.items()}


def _final(*, as_json: bool) -> list[Processor]:
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    return [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
