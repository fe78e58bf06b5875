"""This room is the cable between the bot and Discord, which can be pulled and put back."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.sandbox import Sandbox
from bot.sandbox.server import HOST

CHUNK = 65_536


class Cable:
    """Passes every byte on in both directions, while it is in."""

    def __init__(self, to: int) -> None:
        self.port = 0
        self._to = to
        self._server: asyncio.Server | None = None
        self._ends: set[StreamWriter] = set()

    async def put_in(self) -> None:
        """From now on connections are taken; at the same port as before."""
        self._server = await asyncio.start_server(self._connected, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """Every connection breaks, and new ones are refused."""
        assert self._server is not None
        self._server.close()
        for end in list(self._ends):
            end.transport.abort()
        await self._server.wait_closed()

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        there, back = await asyncio.open_connection(HOST, self._to)
        self._ends |= {writer, back}
        try:
            await asyncio.gather(_pass(reader, back), _pass(there, writer))
        finally:
            self._ends -= {writer, back}


async def _pass(reader: StreamReader, writer: StreamWriter) -> None:
    try:
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def cabled(sandbox: Sandbox) -> AsyncGenerator[Cable]:
    """A cable to a local Discord, which from now on knows no other address of its own."""
    cable = Cable(sandbox.port)
    await cable.put_in()
    sandbox._listen_on(cable.port)
    try:
        yield cable
    finally:
        await cable.pull()
