"""The bot package's error tree.

BotError
├── SettingsRefused   the operator: a setting is missing, malformed or still a placeholder
└── UsageRefused      the user: a command was put together in a way that cannot work
"""


class BotError(Exception):
    """Anything a command or channel refuses to do, with a catalogue key and its values.

    Args:
        code: catalogue key of the sentence shown, e.g. ``settings.placeholder``.
        **details: values for the sentence's placeholders; never secrets.
    """

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class SettingsRefused(BotError):
    """A setting that is missing, malformed or still a placeholder."""


class UsageRefused(BotError):
    """A command put together in a way that cannot work."""
