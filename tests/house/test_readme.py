"""Every command of the README, run."""

import asyncio
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local import local_discord
from tests.process.running import environment
from tests.shared import CHECKOUT

README = (CHECKOUT / "README.md").read_text("utf-8")
COMMANDS = [
    line.strip() for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.strip().splitlines()
]
TRY, TEST = (command for command in COMMANDS if command.startswith("python3 -m venv"))
SERVE = ".venv/bin/talebearer run"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout whose `.venv` is the environment of the tests."""
    copy = tmp_path_factory.mktemp("readme") / "talebearer"
    leave = shutil.ignore_patterns(".*", "__pycache__", "*.db*", "*.egg-info", "dist", "build")
    shutil.copytree(CHECKOUT, copy, ignore=leave)
    shutil.copy(CHECKOUT / ".env.example", copy)
    (copy / ".venv").symlink_to(sys.prefix)
    return copy


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in (TRY, TEST, SERVE)])
def test_a_command_of_the_readme_works(checkout: Path, command: str) -> None:
    environ = {**environment(checkout), "DATABASE_URL": ""}
    done = subprocess.run(["bash", "-c", command], cwd=checkout, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


async def test_the_command_that_goes_live_works(checkout: Path) -> None:
    async with local_discord() as sandbox:
        settings = {"DISCORD_TOKEN": sandbox.token, "DISCORD_API_URL": sandbox.api_url, "DATABASE_URL": ""}
        bot = await asyncio.create_subprocess_exec(
            "bash", "-c", f"exec {SERVE}", cwd=checkout, env={**environment(checkout), **settings}
        )
        await sandbox.ready()
        bot.terminate()
        assert await bot.wait() == 0


def test_ci_calls_the_test_command_of_the_readme() -> None:
    assert TEST in (CHECKOUT / ".ci" / "run").read_text("utf-8").splitlines()


def test_every_file_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:bot|cogs|tests|data|docs)/[\w/.]+?)/?`", README) + re.findall(r"\]\(([^):]+)\)", README)
    assert [name for name in named if not (CHECKOUT / name).exists() and not name.endswith(".db")] == []
