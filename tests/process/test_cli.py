"""The command line, as a process."""

import json
import os
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

import pytest

from bot.tryout import samples
from tests.local import local_discord
from tests.pages import page, tale
from tests.process.running import serving, start, talebearer
from tests.shared import CHECKOUT, shared

SEED = "stories/000_86b04798ceb08aa6.txt"


async def test_import_prints_one_object_and_nothing_else(tmp_path: Path) -> None:
    seed = shared(SEED)
    done = await talebearer(tmp_path, "import", str(seed), "--json", LOG_LEVEL="DEBUG")
    report = json.loads(done.output)
    assert done.status == 0
    assert [row["title"] for row in report["stories"]] == ["Not So Alone"]
    assert (report["added"], report["updated"], report["unchanged"], report["refused"]) == (1, 0, 0, 0)
    again = json.loads((await talebearer(tmp_path, "import", str(seed), "--json")).output)
    assert (again["added"], again["unchanged"]) == (0, 1)


async def test_a_folder_with_good_and_bad_pages(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text(page("B", paragraphs=tale("stork")), "utf-8")
    (folder / "deep" / "a.txt").write_text(page("A"), "utf-8")
    (folder / "empty.txt").touch()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 20)
    (folder / ".hidden").write_text("not a page", "utf-8")
    (tmp_path / "outside.txt").write_text(page("Outside"), "utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    done = await talebearer(tmp_path, "import", str(folder), "missing.txt")
    assert done.status == 1
    assert "2 added, 0 updated, 0 unchanged, 3 refused." in done.output
    assert "no stories: 1 other." in done.output, "a picture is expected beside pages"
    for sentence in (
        "empty.txt was not imported: it is empty",
        "link.txt was not imported: it is a link that leads out of the folder.",
        "missing.txt was not imported: there is no such file; check the path.",
    ):
        assert sentence in done.errors, sentence


async def test_arguments_that_cannot_be_read_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "again").symlink_to(".", target_is_directory=True)
    os.mkfifo(folder / "pipe")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(page("Café"), "utf-8")
    done = await talebearer(tmp_path, "import", "x" * 300, "empty", "archive", "--json")
    told = json.loads(done.output)
    assert done.status == 1
    assert (done.errors, told["added"], told["refused"]) == ("", 1, 6)
    assert [row["error"] or row["path"] for row in told["stories"]] == [
        f"{'x' * 300} was not imported: it cannot be read (File name too long); check the path and its permissions.",
        "empty was not imported: there is no page in it; check the path.",
        "archive/again was not imported: it is not a file.",
        "archive/caf\\xe9.txt",
        "archive/gone.txt was not imported: it is a link that leads nowhere.",
        "archive/loop.txt was not imported: it is a link that leads nowhere.",
        "archive/pipe was not imported: it is not a file.",
    ]
    again = await talebearer(tmp_path, "import", "archive")
    assert "1 unchanged" in again.output


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a file that nobody can read")
async def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """Its own memory is what even root cannot read as a file; the page beside it goes in."""
    (tmp_path / "a.txt").write_text(page("A"), "utf-8")
    done = await talebearer(tmp_path, "import", "/proc/self/mem", "a.txt")
    assert done.status == 1
    assert "1 added, 0 updated, 0 unchanged, 1 refused." in done.output
    assert done.errors.startswith("/proc/self/mem was not imported: it cannot be read (Input/output error); check")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
async def test_folders_that_are_closed(tmp_path: Path) -> None:
    closed, listed = tmp_path / "archive" / "closed", tmp_path / "archive" / "listed"
    for folder, mode in ((closed, 0), (listed, 0o400)):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text(page("A"), "utf-8")
        folder.chmod(mode)
    try:
        done = await talebearer(tmp_path, "import", "archive", "archive/closed/a.txt")
    finally:
        for folder in (closed, listed):
            folder.chmod(0o700)
    reason = "was not imported: it cannot be read (Permission denied); check the path and its permissions."
    names = ("archive/closed", "archive/listed/a.txt", "archive/closed/a.txt")
    assert done.errors.splitlines() == [f"{name} {reason}" for name in names]


async def test_titles_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("Red \x1b[31m [bold]x"), "utf-8")
    done = await talebearer(tmp_path, "import", "a.txt")
    assert "\x1b" not in done.output + done.errors
    assert "Red [31m [bold]x" in done.output
    assert "a.txt: 1 line (1) was freed of control codes." in done.errors


async def test_linking_an_author(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("A", "Ruby"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    done = await talebearer(tmp_path, "author", "link", "ruby", "900000000000000001")
    assert (done.status, done.output) == (0, "Ruby is the account 900000000000000001 now; no letter was waiting.\n")
    done = await talebearer(tmp_path, "author", "link", "Rubi", "900000000000000001")
    assert (done.status, done.errors) == (2, "No author in the archive is called “Rubi”; did you mean Ruby?\n")
    done = await talebearer(tmp_path, "author", "link", os.fsdecode(b"Rub\xff"), "900000000000000001")
    assert (done.status, done.errors) == (2, "No author in the archive is called “Rub\\xff”; did you mean Ruby?\n")


@pytest.mark.parametrize("user_id", ["@ruby", "9" * 16, str(1 << 63), "9" * 20, "٩" * 18, os.fsdecode(b"\xff")])
async def test_what_is_no_account(tmp_path: Path, user_id: str) -> None:
    (tmp_path / "a.txt").write_text(page("A", "Ruby"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    done = await talebearer(tmp_path, "author", "link", "Ruby", user_id)
    assert (done.status, done.output) == (2, "")
    assert " is not the id of a Discord account, a number of 17 to 19 digits;" in done.errors
    assert done.errors.count("\n") == 1


async def test_run_without_a_token_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = await talebearer(tmp_path, "run")
    assert done.status == 2
    assert done.errors == (
        "DISCORD_TOKEN is not set: put the bot's token into .env (see .env.example),"
        " or try Talebearer without one by `talebearer try`.\n"
    )
    assert (await talebearer(tmp_path)).errors == done.errors, "no terminal, no token: as a service would find it"


async def test_wrong_settings_are_told_all_at_once_and_without_a_token(tmp_path: Path) -> None:
    done = await talebearer(tmp_path, "run", DISCORD_TOKEN="se\ncret", LOG_LEVEL="loud", DISCORD_API_URL="x")
    assert done.status == 2
    assert [line.split()[0] for line in done.errors.splitlines()] == ["DISCORD_TOKEN", "DISCORD_API_URL", "LOG_LEVEL"]
    assert "cret" not in done.errors


async def test_a_token_that_discord_refuses(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        done = await talebearer(
            tmp_path, "run", DISCORD_TOKEN="wrong-token-0", DISCORD_API_URL=sandbox.api_url, LOG_LEVEL="DEBUG"
        )
    assert done.status == 2
    assert "Discord refused the token in DISCORD_TOKEN: copy it again from the developer portal" in done.errors
    assert "wrong-token-0" not in done.errors
    assert "Traceback" not in done.errors


async def test_an_address_that_is_not_discords(tmp_path: Path) -> None:
    """Somebody answers there, and refuses: asking again would change nothing."""
    async with local_discord() as sandbox:
        sandbox.fail("GET", "^/users/@me$", status=404)
        done = await talebearer(tmp_path, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url)
    assert done.status == 2
    assert f"What answers at {sandbox.api_url} refuses the bot (404, code 0); check DISCORD_API_URL" in done.errors
    assert "Traceback" not in done.errors


async def test_a_discord_that_does_not_answer_is_asked_until_the_bot_is_stopped(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        address = sandbox.api_url
    bot = await start(tmp_path, "run", DISCORD_TOKEN="x", DISCORD_API_URL=address)
    assert f"Discord does not answer at {address} (ClientConnectorError); it is asked" in await _said(bot, "answer")
    bot.send_signal(signal.SIGTERM)
    _, errors = await bot.communicate()
    assert bot.returncode == 0
    assert b"Unclosed" not in errors
    assert b"Traceback" not in errors


async def _said(bot: Process, word: str) -> str:
    """The next line of the log with that word in it."""
    assert bot.stderr is not None
    while line := (await bot.stderr.readline()).decode():
        if word in line:
            return line
    raise AssertionError(f"It ended without a word of {word}.")


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["run"],
        ["try"],
        ["import"],
        ["edition"],
        ["publish"],
        ["links"],
        ["bar"],
        ["bar", "author"],
        ["author"],
        ["author", "link"],
        ["author", "contacts"],
        ["backup"],
        ["restore"],
        ["check"],
    ],
)
async def test_help_helps(tmp_path: Path, command: list[str]) -> None:
    done = await talebearer(tmp_path, *command, "--help")
    assert done.status == 0
    assert done.output.startswith("usage: talebearer")


def test_the_samples_are_found_in_a_checkout() -> None:
    assert samples() == CHECKOUT / "data" / "samples"


async def test_a_backup_is_a_whole_database(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("A"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    done = await talebearer(tmp_path, "backup", "copy.db")
    assert done.status == 0
    assert "archive.db to copy.db: " in done.output
    again = await talebearer(tmp_path, "import", "a.txt", DATABASE_URL="sqlite:///copy.db")
    assert "1 unchanged" in again.output
    refused = await talebearer(tmp_path, "backup", "copy.db")
    assert (refused.status, refused.errors) == (2, "copy.db is there already and stays as it is; name another file.\n")
    missing = await talebearer(tmp_path, "backup", "x.db", DATABASE_URL="sqlite:///nowhere.db")
    assert missing.errors.startswith("There is no database nowhere.db to copy;")
    assert not (tmp_path / "nowhere.db").exists()


@pytest.mark.parametrize("name", ["missing/copy.db", "a.txt/copy.db", "x" * 300])
async def test_a_backup_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(page("A"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    done = await talebearer(tmp_path, "backup", name)
    assert (done.status, done.output) == (2, "")
    assert done.errors.startswith(f"{name} could not be written (")
    assert done.errors.endswith("); name a file in a folder that is there and has room.\n")
    assert done.errors.count("\n") == 1


async def test_a_gateway_that_does_not_answer_is_asked_until_it_does(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        address = sandbox.backend.gateway.address
        sandbox.backend.gateway.address = "ws://127.0.0.1:9/gateway"
        bot = await start(tmp_path, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url)
        assert f"Discord does not answer at {sandbox.api_url}" in await _said(bot, "answer")
        sandbox.backend.gateway.address = address
        await sandbox.ready()
        bot.send_signal(signal.SIGTERM)
        _, errors = await bot.communicate()
    assert bot.returncode == 0
    assert b"does not answer" not in errors, "it says so once"


async def test_a_home_server_that_the_bot_is_not_in(tmp_path: Path) -> None:
    async with local_discord() as sandbox:
        home = sandbox.guild("Elsewhere", has_bot=False)
        async with serving(tmp_path, sandbox, DISCORD_HOME_GUILD=str(home.id)) as bot:
            line = await _said(bot, "DISCORD_HOME_GUILD")
    assert line.endswith(f"DISCORD_HOME_GUILD names server {home.id}, and the bot is not in it: invite it.\n")
