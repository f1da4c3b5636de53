"""Logging as the process wants it: one line an event on standard error, secrets kept out."""

from __future__ import annotations

import logging
import sys
from typing import Final

_CHATTY: Final = ("httpx", "httpcore", "httpx2", "chromadb", "telegram", "apscheduler", "jieba")
"""Libraries whose ordinary lines tell an operator nothing, or hold a token in a URL."""


def configure_logging(level: str) -> None:
    """Send our log lines through structlog's renderer to standard error."""
    import structlog

    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso"),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(
                key_order=["timestamp", "level", "logger", "event"]
            ),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
