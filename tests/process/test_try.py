"""`talebearer try` as a process, spoken to as its page does: who is there, what it keeps, and what it refuses."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
import pytest

from tests.pages import page
from tests.process.running import start, talebearer

Json = dict[str, Any]


class Tried:
    """The page's own requests."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self._session = session

    async def get(self, what: str) -> Json:
        async with self._session.get(self.address + what) as answer:
            return orjson.loads(await answer.read())

    async def post(self, what: str, body: Json) -> Json:
        parts = urlsplit(self.address)
        headers = {"Content-Type": "application/json", "Origin": f"{parts.scheme}://{parts.netloc}"}
        async with self._session.post(self.address + what, data=orjson.dumps(body), headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            return orjson.loads(await answer.read())

    @asynccontextmanager
    async def hears(self, name: str) -> AsyncGenerator[None]:
        """Ends once the inspector has told of an event of that name."""
        async with self._session.get(f"{self.address}events") as stream:
            await stream.content.readuntil(b"\n\n")
            yield
            while name.encode() not in await stream.content.readuntil(b"\n\n"):
                pass

    async def runs(self, name: str, **values: str) -> Json:
        """A command in the first channel, as the first person."""
        state = await self.get("state")
        body: Json = {"as": state["you"], "place": state["places"][0]["id"], "command": name, "values": values}
        return await self.post("run", body)


@asynccontextmanager
async def trying(folder: Path, *arguments: str, **settings: str) -> AsyncGenerator[Tried]:
    process = await start(folder, "try", *arguments, **settings)
    assert process.stdout is not None
    printed = b""
    try:
        while not (found := re.search(rb"http://\S+/", printed)):
            line = await process.stdout.readline()
            assert line, printed
            printed += line
        async with aiohttp.ClientSession() as session:
            yield Tried(found[0].decode(), session)
    finally:
        process.terminate()
        await process.communicate()


async def test_who_is_there(tmp_path: Path) -> None:
    async with trying(tmp_path) as tried:
        persons = (await tried.get("state"))["persons"]
        notes = [person["note"] for person in persons]
        assert notes.count("an author") == 3
        assert {"a reader", "another reader", "a newcomer", "a moderator", "an author · takes no DMs"} <= set(notes)
        places = [(place["kind"], place["adult"]) for place in (await tried.get("state"))["places"]]
        assert places == [
            ("channel", False),
            ("thread", False),
            ("channel", True),
            ("thread", True),
            ("channel", False),
            ("dm", False),
        ]
    assert left(tmp_path) == [], "what is tried is not kept"


def left(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_the_bot_is_restarted_in_place_and_knows_what_it_knew(tmp_path: Path) -> None:
    async with trying(tmp_path) as tried:
        assert (await tried.get("inspector"))["restart"]
        assert (await tried.runs("archive"))["outcome"] == "done"
        again = await tried.post("trouble", {"as": "mara", "trouble": "restart"})
        assert again["sentence"] == "The bot was stopped and started again."
        assert (await tried.runs("archive"))["outcome"] == "done"
        said = [row["name"] for row in (await tried.get("inspector"))["rows"]]
        assert said.count("READY") + said.count("RESUMED") == 2


async def test_a_dropped_gateway_comes_back(tmp_path: Path) -> None:
    async with trying(tmp_path) as tried:
        async with tried.hears("RESUMED"):
            await tried.post("trouble", {"as": "mara", "trouble": "drop"})
        assert (await tried.runs("archive"))["outcome"] == "done"


async def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text(page("A Quiet Hour", "Wilma"), "utf-8")
    async with trying(tmp_path, "--archive", str(tmp_path / "mine")) as tried:
        persons = {person["name"]: person["note"] for person in (await tried.get("state"))["persons"]}
        assert persons["Wilma"] == "an author"


async def test_what_is_kept_is_there_again_and_everybody_is_who_they_were(tmp_path: Path) -> None:
    async with trying(tmp_path, "--keep", "kept") as tried:
        before = await tried.get("state")
        assert (await tried.runs("read", story="Windfalls"))["outcome"] == "done"
        assert await newest(tried) == "Windfalls"
    async with trying(tmp_path, "--keep", "kept") as tried:
        again = await tried.get("state")
        assert [(each["id"], each["note"]) for each in again["persons"]] == [
            (each["id"], each["note"]) for each in before["persons"]
        ]
        assert [each["id"] for each in again["places"]] == [each["id"] for each in before["places"]]
        assert (await tried.runs("continue"))["outcome"] == "done"
        assert await newest(tried) == "Windfalls", "her place is found under her id"


async def newest(tried: Tried) -> str:
    """The title of the newest page that the first person sees."""
    place = (await tried.get("state"))["places"][0]["id"]
    return (await tried.get(f"messages?place={place}"))["messages"][-1]["embeds"][0]["title"]


async def test_a_folder_that_keeps_something_else(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    refused = await talebearer(tmp_path, "try", "--keep", "taken")
    assert (refused.status, refused.errors) == (2, "Nothing can be kept in taken: File exists; name another folder.\n")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "cast.json").write_text('{"since": "long ago"}', "utf-8")
    refused = await talebearer(tmp_path, "try", "--keep", "kept")
    assert refused.status == 2
    assert refused.errors.startswith("kept/cast.json does not say who was there;")


async def test_never_beside_a_real_token(tmp_path: Path) -> None:
    refused = await talebearer(tmp_path, "try", DISCORD_TOKEN="a-real-token")
    assert refused.status == 2
    assert refused.errors.startswith("DISCORD_TOKEN is set, and the local Discord is never started beside")
    assert "a-real-token" not in refused.errors + refused.output
    (tmp_path / ".env").write_text("DISCORD_TOKEN=a-real-token\n", "utf-8")
    assert (await talebearer(tmp_path, "try")).status == 2
    async with trying(tmp_path, DISCORD_TOKEN="", DISCORD_API_URL="http://127.0.0.1:9/api/v10") as tried:
        assert (await tried.runs("archive"))["outcome"] == "done"


@pytest.mark.parametrize("port", ["65536", "-1"])
async def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    refused = await talebearer(tmp_path, "try", "--port", port)
    assert (refused.status, f"There is no port {port};" in refused.errors) == (2, True)
