"""The bot package's error tree.

BotError
├── SettingsRefused   the operator: a setting is missing, malformed or still a placeholder
└── UsageRefused      the user: a command was put together in a way that cannot work
"""

from knowledge.errors import CodedError


class BotError(CodedError):
    """Anything a command or channel refuses to do."""


class SettingsRefused(BotError):
    """A setting that is missing, malformed or still a placeholder."""


class UsageRefused(BotError):
    """A command put together in a way that cannot work."""
