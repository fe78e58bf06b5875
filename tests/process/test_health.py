"""What the operator's machines can ask, and what programs can read of the log."""

import json
import re
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.local import local_discord
from tests.pages import page
from tests.process.running import fetched, free_port, serving, talebearer

SAMPLE = re.compile(r'[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[0-9.e+-]+|# (HELP|TYPE) [a-z_]+ .+')


async def test_a_bot_that_serves_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(page("A"), "utf-8")
    await talebearer(tmp_path, "import", "a.txt")
    port = free_port()
    async with local_discord() as sandbox:
        guild = sandbox.guild("Story Circle")
        guild.channel("hall")
        mara = sandbox.person("mara", guild=guild)
        async with serving(tmp_path, sandbox, HEALTH_PORT=str(port), LOG_FORMAT="json") as bot:
            await mara.runs("/archive")
            assert await fetched(port, "/healthz") == (200, '{"status": "ok", "troubles": []}')
            status, told = await fetched(port, "/metrics")
            assert status == 200
            assert 'talebearer_stories{state="published"} 1\n' in told
            assert 'talebearer_interactions_total{kind="application_command"} 1\n' in told
            assert "talebearer_connected 1\n" in told
            assert re.search(r"talebearer_database_bytes [0-9.e+]+\n", told)
            assert [line for line in told.splitlines() if not SAMPLE.fullmatch(line)] == []
            assert (await fetched(port, "/"))[0] == 404
            assert bot.stderr is not None
            lines = [json.loads(await bot.stderr.readline()) for _ in range(2)]
    assert {"time", "level", "logger", "message"} == set(lines[0])
    assert any(line["message"].startswith("Serving ") for line in lines)
    assert sandbox.token not in json.dumps(lines)


async def test_nothing_listens_unless_it_is_asked_for(tmp_path: Path) -> None:
    port = free_port()
    async with local_discord() as sandbox, serving(tmp_path, sandbox):
        with pytest.raises(aiohttp.ClientConnectorError):
            await fetched(port, "/healthz")


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with local_discord() as sandbox:
            done = await talebearer(
                tmp_path, "run", DISCORD_TOKEN=sandbox.token, DISCORD_API_URL=sandbox.api_url, HEALTH_PORT=str(port)
            )
    assert done.status == 2
    assert f"Port {port} of this machine cannot be used" in done.errors
    assert "name another one in HEALTH_PORT" in done.errors
