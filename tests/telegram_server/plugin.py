"""The fixture; import it in a conftest to have it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.telegram_server.server import TelegramServer


@pytest.fixture
async def telegram_server() -> AsyncIterator[TelegramServer]:
    """A Bot API server that lives for one test, in the test's own event loop."""
    server = TelegramServer()
    await server.start()
    yield server
    await server.stop()
