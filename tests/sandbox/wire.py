"""This room speaks to the local Discord as the wire does: plain REST calls and a bare gateway client."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson
import zstandard

from bot.sandbox import Sandbox

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> int:
        return self.body["code"]


class Api:
    """REST with the bot's token, or another, or none."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.session = session
        self.authorization: str | None = f"Bot {sandbox.token}"

    async def __call__(
        self, method: str, path: str, json: object = None, *, data: object = None, **query: str
    ) -> Answer:
        headers = {"Authorization": self.authorization} if self.authorization else {}
        if json is not None:
            data, headers["Content-Type"] = orjson.dumps(json), "application/json"
        url = self.sandbox.api_url + path
        async with self.session.request(method, url, data=data, params=query, headers=headers) as answer:
            content = await answer.read()
            is_json = answer.headers.get("Content-Type") == "application/json"
            return Answer(answer.status, orjson.loads(content) if is_json else content, answer.headers)


def plain(payload: str | bytes) -> str | bytes:
    return payload


def zlib_reader() -> Callable[[Any], bytes]:
    return zlib.decompressobj().decompress


def zstd_reader() -> Callable[[Any], bytes]:
    return zstandard.ZstdDecompressor().decompressobj().decompress


READERS: dict[str, Callable[[], Callable[[Any], str | bytes]]] = {
    "": lambda: plain,
    "zlib-stream": zlib_reader,
    "zstd-stream": zstd_reader,
}


class Socket:
    """A gateway client that does nothing by itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, compress: str, token: str) -> None:
        self.socket = socket
        self.token = token
        self.sequence: int | None = None
        self._read = READERS[compress]()

    async def send(self, op: int, data: object = None) -> None:
        await self.socket.send_bytes(orjson.dumps({"op": op, "d": data}))

    async def next(self) -> Json:
        """The next payload; a close comes as op -1 with its code."""
        async with asyncio.timeout(5):
            message = await self.socket.receive()
        if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING):
            return {"op": -1, "d": self.socket.close_code}
        payload: Json = orjson.loads(self._read(message.data))
        self.sequence = payload["s"] or self.sequence
        return payload

    async def until(self, event: str) -> Json:
        while (payload := await self.next())["t"] != event:
            assert payload["op"] != -1, payload
        return payload["d"]

    async def identify(self, intents: int = 1, **more: object) -> None:
        properties = {"os": "linux", "browser": "test", "device": "test"}
        await self.send(2, {"token": self.token, "properties": properties, "intents": intents} | more)

    async def enter(self, intents: int = 1) -> Json:
        """Hello, identify, ready."""
        assert (await self.next())["op"] == 10
        await self.identify(intents)
        return await self.until("READY")

    async def resume(self, session_id: str, sequence: int) -> None:
        await self.send(6, {"token": self.token, "session_id": session_id, "seq": sequence})


@asynccontextmanager
async def gateway(
    sandbox: Sandbox, api: Api, compress: str = "", path: str = "", **query: str
) -> AsyncGenerator[Socket]:
    url = f"ws://127.0.0.1:{sandbox.port}/gateway{path}"
    params = {"v": "10", "encoding": "json"} | ({"compress": compress} if compress else {}) | query
    async with api.session.ws_connect(url, params=params, max_msg_size=0) as socket:
        yield Socket(socket, compress, sandbox.token)
