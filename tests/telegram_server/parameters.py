"""A call's parameters, however they were sent: form, multipart or JSON."""

from __future__ import annotations

import json
from typing import cast

from tests.telegram_server.refusals import bad_request
from tests.telegram_server.world import Json


class Parameters:
    """Typed access to the parameters of one call.

    Args:
        values: by name; strings from forms, any JSON value from a JSON body.
    """

    def __init__(self, values: Json) -> None:
        self.values = values

    def text(self, name: str) -> str | None:
        """A string, or None when absent."""
        value = self.values.get(name)
        return None if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what cannot be read counts as absent, as on Telegram."""
        try:
            return int(str(self.values.get(name, default)))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """A truth value in any of its spellings."""
        return str(self.values.get(name, "")).lower() in {"true", "1", "yes"}

    def structure(self, name: str) -> object | None:
        """A JSON value, decoded when it came as text.

        Raises:
            Refused: it is not JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return cast("object", json.loads(value))
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def mapping(self, name: str) -> Json | None:
        """A JSON object.

        Raises:
            Refused: it is something else.
        """
        value = self.structure(name)
        if value is not None and not isinstance(value, dict):
            raise bad_request("object expected as " + name.replace("_", " "))
        return cast("Json | None", value)
