"""Settings are the operator's interface: listed, defaulted, and refused by name when unusable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import SettingsRefused
from bot.settings import Settings, load_settings

_EXAMPLE = Path(__file__).parents[3] / ".env.example"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def _listed() -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", _EXAMPLE.read_text("utf-8"), re.MULTILINE))


def test_the_example_lists_exactly_the_settings_there_are() -> None:
    assert _listed().keys() == {name.upper() for name in Settings.model_fields}


def test_the_example_taken_as_it_is_changes_nothing() -> None:
    assert load_settings(_EXAMPLE) == load_settings(None)


def test_an_empty_value_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")

    assert load_settings(None).database_url is None


@pytest.mark.parametrize("name", ["TELEGRAM_BOT_TOKEN", "OPENAI_API_KEY"])
def test_a_placeholder_secret_is_refused_by_name_and_never_repeated(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "your-token-here")

    with pytest.raises(SettingsRefused) as refused:
        load_settings(None)

    assert refused.value.code == "settings.placeholder"
    assert refused.value.details == {"name": name}
    assert "your-token" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DAFU_TIMEZONE", "Mars/Olympus"),
        ("DAFU_LOG_LEVEL", "LOUD"),
        ("TELEGRAM_ADMINS", "alice"),
        ("DAFU_GUEST_ANSWERS", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsRefused) as refused:
        load_settings(None)

    assert refused.value.details == {"name": name}


def test_ids_may_be_separated_by_commas_of_either_width_or_blanks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_HANDLERS", "11, 22，33 44")

    assert load_settings(None).telegram_handlers == {11, 22, 33, 44}


def test_the_home_defaults_to_a_per_user_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    assert load_settings(None).home == tmp_path / "dafu"
    assert load_settings(None).database == f"sqlite:///{tmp_path / 'dafu' / 'dafu.sqlite3'}"


def test_secrets_do_not_show_in_a_printed_settings_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:real-looking-secret")

    assert "real-looking-secret" not in repr(load_settings(None))
