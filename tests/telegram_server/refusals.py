"""What the server says no with: an HTTP status, Telegram's description and its parameters."""

from __future__ import annotations


class Refused(Exception):
    """A call that Telegram refuses.

    Args:
        code: HTTP status and ``error_code``.
        description: Telegram's sentence, with its usual prefix.
        **parameters: Telegram's ResponseParameters: ``retry_after`` or ``migrate_to_chat_id``.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> Refused:
    """A 400 with Telegram's prefix."""
    return Refused(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refused:
    """A 403 with Telegram's prefix."""
    return Refused(403, f"Forbidden: {reason}")


def too_many(retry_after: int) -> Refused:
    """A 429 that asks to wait ``retry_after`` seconds."""
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def moved(chat: int) -> Refused:
    """A 400 that says under which id a group goes on as a supergroup."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, reason, migrate_to_chat_id=chat)
