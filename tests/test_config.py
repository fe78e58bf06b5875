"""Settings: read when asked, all wrong ones told at once, never a token in a sentence."""

from dataclasses import fields
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.config import Settings, read_settings
from bot.domain.errors import SettingsRefused
from bot.domain.pacing import Limits
from tests.shared import CHECKOUT


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = read_settings({}, tmp_path)
    assert settings == Settings(
        discord_token=None,
        discord_api_url="https://discord.com/api/v10",
        database_url=Path("data/archive.db"),
        discord_home_guild=None,
        backup_hours=24,
        backup_keep=7,
        requests_per_second=40,
        dm_seconds=1.05,
        dm_opening_seconds=6.0,
        dm_openings_per_day=100,
        reconnect_seconds=60.0,
        health_port=0,
        log_format="TEXT",
        log_level="INFO",
    )
    assert settings.limits == Limits()


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
        ("DISCORD_API_URL", "https://user:secret@proxy.example/api/v10", "must carry no user name or password"),
        ("DISCORD_API_URL", "https://secret@proxy.example/api/v10", "must carry no user name or password"),
        ("DISCORD_API_URL", "https://[::1/api/v10", "must be an address"),
        ("DISCORD_API_URL", "https://proxy.example:99999/api/v10", "must be an address"),
        ("DISCORD_API_URL", "https://proxy.example/api/v10?secret=/api/v10", "must be an address"),
        ("DISCORD_API_URL", "https://proxy.example/api/v10#top", "must be an address"),
        ("DATABASE_URL", "postgres://x/y", "must name a SQLite file"),
        ("DATABASE_URL", "sqlite:///", "must name a SQLite file"),
        ("DISCORD_HOME_GUILD", "Story Circle", "must be the id of a server"),
        ("DISCORD_HOME_GUILD", "٣" * 18, "must be the id of a server"),
        ("DISCORD_HOME_GUILD", "1" * 16, "must be the id of a server, a number of 17 to 19 digits"),
        ("DISCORD_HOME_GUILD", "9" * 19, "must be the id of a server"),
        ("REQUESTS_PER_SECOND", "51", "must be a whole number from 1 to 50"),
        ("REQUESTS_PER_SECOND", "-1", "must be a whole number from 1 to 50"),
        ("DM_SECONDS", "1e3", "must be a number of seconds from 0 to 60"),
        ("DM_OPENING_SECONDS", "nan", "must be a number of seconds from 0 to 3600"),
        ("DM_OPENINGS_PER_DAY", "0", "must be a whole number from 1 to 10000"),
        ("RECONNECT_SECONDS", "0.5", "must be a number of seconds from 1 to 600"),
        ("HEALTH_PORT", "65536", "must be a whole number from 0 to 65535"),
        ("LOG_FORMAT", "xml", "must be one of TEXT, JSON"),
        ("LOG_LEVEL", "loud", "must be one of DEBUG, INFO"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        read_settings({name: value}, tmp_path)
    assert str(refusal.value).startswith(f"{name} {sentence}")
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", [option.name.upper() for option in fields(Settings)])
def test_a_token_in_the_wrong_line_is_not_printed(tmp_path: Path, name: str) -> None:
    for start in ("", "https://", "http://", "sqlite://", " "):
        with pytest.raises(SettingsRefused) as refusal:
            read_settings({name: f"{start}MTE4.Gx9s\tq.Zt0"}, tmp_path)
        assert "MTE4" not in str(refusal.value).upper()


def test_a_server_id_is_taken_as_discord_shows_it(tmp_path: Path) -> None:
    for digits in ("80351110224678912", "1400000000000000001"):
        assert read_settings({"DISCORD_HOME_GUILD": digits}, tmp_path).discord_home_guild == int(digits)


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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1"])
def test_a_file_that_is_not_utf_8_is_refused_by_name(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("# à\nLOG_LEVEL=DEBUG\n", encoding)
    with pytest.raises(SettingsRefused) as refusal:
        read_settings({}, tmp_path)
    assert str(refusal.value) == f"{tmp_path / '.env'} is not UTF-8 text; save it as UTF-8."


def test_a_byte_order_mark_hides_no_setting(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\n", "utf-8-sig")
    assert read_settings({}, tmp_path).log_level == "DEBUG"


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / ".env").symlink_to(".env")
    with pytest.raises(SettingsRefused, match=r"\.env cannot be read \(.+\); check its permissions"):
        read_settings({}, tmp_path)


def test_a_folder_of_that_name_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    assert read_settings({}, tmp_path).log_level == "INFO"


def test_a_token_is_judged_by_discord_not_by_its_form(tmp_path: Path) -> None:
    assert read_settings({"DISCORD_TOKEN": "anything at all"}, tmp_path).discord_token == "anything at all"
    with pytest.raises(SettingsRefused) as refusal:
        read_settings({"DISCORD_TOKEN": "se\ncret"}, tmp_path)
    assert "cret" not in str(refusal.value)


def test_the_example_file_has_each_setting_with_its_sentence() -> None:
    example = (CHECKOUT / ".env.example").read_text("utf-8")
    for option in fields(Settings):
        name, default = option.name.upper(), option.metadata["default"] or ""
        assert f"# {option.metadata['sentence']}\n" in example, name
        assert f"\n{name}=\n" in example or f"\n#{name}={default}\n" in example, name
    assert set(dotenv_values(CHECKOUT / ".env.example")) <= {option.name.upper() for option in fields(Settings)}
