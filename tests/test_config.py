"""Settings: read when asked, all wrong ones told at once, never a token in a sentence."""

from dataclasses import fields
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.config import Settings, read_settings
from bot.domain.errors import SettingsRefused
from tests.shared import CHECKOUT


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert settings == Settings(
        discord_token=None,
        discord_api_url="https://discord.com/api/v10",
        database_url=Path("data/archive.db"),
        discord_home_guild=None,
        log_level="INFO",
    )


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=debug\nDATABASE_URL=sqlite:////srv/a.db\n", "utf-8")
    settings = read_settings({"LOG_LEVEL": "ERROR"}, tmp_path)
    assert (settings.log_level, settings.database_url) == ("ERROR", Path("/srv/a.db"))


def test_an_empty_setting_is_no_setting(tmp_path: Path) -> None:
    assert read_settings({"DISCORD_TOKEN": " ", "DISCORD_HOME_GUILD": ""}, tmp_path).discord_token is None


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DISCORD_API_URL", "https://discord.com/api", "must be an address that ends in /api/v10"),
        ("DISCORD_API_URL", "http://192.0.2.1/api/v10", "may be http: only on this machine"),
        ("DISCORD_API_URL", "ftp://127.0.0.1/api/v10", "must be an address"),
        ("DATABASE_URL", "postgres://x/y", "must name a SQLite file"),
        ("DATABASE_URL", "sqlite:///", "must name a SQLite file"),
        ("DISCORD_HOME_GUILD", "Story Circle", "must be the id of a server"),
        ("DISCORD_HOME_GUILD", "٣" * 18, "must be the id of a server"),
        ("LOG_LEVEL", "loud", "must be one of DEBUG, INFO"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        read_settings({name: value}, tmp_path)
    assert str(refusal.value).startswith(f"{name} {sentence}")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/api/v10", "http://[::1]:1/api/v10", "https://proxy.example/api/v10"]
)
def test_http_is_for_this_machine(tmp_path: Path, url: str) -> None:
    assert read_settings({"DISCORD_API_URL": url}, tmp_path).discord_api_url == url


def test_all_wrong_settings_are_told_at_once(tmp_path: Path) -> None:
    wrong = {"LOG_LEVEL": "loud", "DATABASE_URL": "x", "DISCORD_API_URL": "y", "DISCORD_HOME_GUILD": "z"}
    with pytest.raises(SettingsRefused) as refusal:
        read_settings(wrong, tmp_path)
    assert {line.split()[0] for line in str(refusal.value).splitlines()} == set(wrong)


def test_a_token_is_judged_by_discord_not_by_its_form(tmp_path: Path) -> None:
    assert read_settings({"DISCORD_TOKEN": "anything-at-all"}, tmp_path).discord_token == "anything-at-all"
    with pytest.raises(SettingsRefused) as refusal:
        read_settings({"DISCORD_TOKEN": "se cret"}, tmp_path)
    assert "se cret" not in str(refusal.value)


def test_the_example_file_has_each_setting_with_its_sentence() -> None:
    example = (CHECKOUT / ".env.example").read_text("utf-8")
    for option in fields(Settings):
        name, default = option.name.upper(), option.metadata["default"] or ""
        assert f"# {option.metadata['sentence']}\n" in example, name
        assert f"\n{name}=\n" in example or f"\n#{name}={default}\n" in example, name
    assert set(dotenv_values(CHECKOUT / ".env.example")) <= {option.name.upper() for option in fields(Settings)}
