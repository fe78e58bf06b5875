"""This room serves the page and carries out what is done on it."""

from collections.abc import Awaitable, Callable, Sequence
from json import JSONDecodeError
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from ..permissions import MANAGE_GUILD, granted
from ..persons import Person
from . import acts, trouble
from .guard import Handler, guard, protect
from .ledger import Ledger, detail
from .marks import Marks
from .seat import DIRECT, Gone, Seat
from .stream import Streams
from .view import Drawn

if TYPE_CHECKING:
    from ..server import Sandbox

FILES = {path.name: path for path in (Path(__file__).parent / "static").iterdir()}
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LARGEST = 16 * 1024 * 1024
"""Bytes of a request: a file of Discord's default size, written in base 64."""


class Page:
    """`persons` may grow while the page is open; `notes` says in a few words who somebody is, by user name."""

    def __init__(self, sandbox: "Sandbox", persons: Sequence[Person]) -> None:
        self.sandbox = sandbox
        self.persons = persons
        self.notes: dict[str, str] = {}
        self.ledger = Ledger()
        self._marks = Marks()
        self._streams = Streams()

    def application(self) -> web.Application:
        app = web.Application(middlewares=[guard, _told_when_gone], client_max_size=LARGEST)
        app.on_response_prepare.append(protect)
        app.on_shutdown.append(self._streams.close)
        app.router.add_get("/", _index)
        app.router.add_get("/static/{name}", _static)
        app.router.add_get("/state", self._reading(self._state))
        app.router.add_get("/messages", self._reading(self._messages))
        app.router.add_get("/commands", self._reading(self._commands))
        app.router.add_get("/inspector", self._reading(self._inspector))
        app.router.add_get("/entry", self._entry)
        app.router.add_get("/events", self._events)
        for name, act in acts.ACTS.items():
            app.router.add_post(f"/{name}", self._acting(act))
        return app

    def _seats(self) -> list[Seat]:
        return [Seat(self.sandbox, person, self._marks) for person in self.persons]

    def _seat(self, name: str) -> Seat:
        """The person of that user name; without a name, the first there is."""
        for seat in self._seats():
            if name in ("", seat.person.name):
                return seat
        raise Gone(f"There is nobody named {name!r} here; choose a person from the list.")

    def _reading(self, draw: Callable[[Seat, str], Drawn]) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            return _json(draw(self._seat(request.query.get("as", "")), request.query.get("place", DIRECT)))

        return handler

    def _acting(self, act: acts.Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            try:
                body: acts.Body = orjson.loads(await request.read())
                return _json(await act(self._seat(body["as"]), body))
            except (JSONDecodeError, KeyError, TypeError, ValueError) as error:
                raise web.HTTPBadRequest(text=f"This request does not say what it should: {error}.") from error

        return handler

    async def _events(self, request: web.Request) -> web.StreamResponse:
        seat = self._seat(request.query.get("as", ""))
        others = [other for other in self._seats() if other.person is not seat.person]
        return await self._streams.serve(request, seat, others, self.ledger)

    def _inspector(self, seat: Seat, _place: str) -> Drawn:
        return {"rows": self.ledger.rows(), **trouble.state(seat)}

    async def _entry(self, request: web.Request) -> web.Response:
        number = request.query.get("number", "")
        entry = self.ledger.find(int(number)) if number.isdecimal() else None
        if entry is None:
            raise Gone("This is no longer kept; only the newest entries are.")
        return _json(detail(entry))

    def _state(self, seat: Seat, _place: str) -> Drawn:
        persons = [self._person(each) for each in self._seats()]
        return {"you": seat.person.name, "persons": persons, "places": seat.places(), "form": seat.form()}

    def _person(self, seat: Seat) -> Drawn:
        user = seat.person.user
        note = " · ".join(filter(None, (self.notes.get(user.name) or _standing(seat.person), _closed(seat.person))))
        drawn: Drawn = {"id": str(user.id), "key": user.name, "name": user.display_name}
        return drawn | {"note": note, "unread": seat.unread(DIRECT)}

    def _messages(self, seat: Seat, place: str) -> Drawn:
        return {"messages": seat.messages(place)}

    def _commands(self, seat: Seat, place: str) -> Drawn:
        return {"commands": seat.commands(place), "menus": seat.menus(place)}


def _standing(person: Person) -> str:
    """What sets a person apart where nobody has said who they are."""
    manages = any(granted(guild.members[person.id]) & MANAGE_GUILD for guild in person.guilds)
    return "manages the server" if manages else ""


def _closed(person: Person) -> str:
    return "" if person.user.dms_open else "takes no DMs"


@web.middleware
async def _told_when_gone(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except Gone as gone:
        raise web.HTTPNotFound(text=str(gone)) from gone


async def _index(_request: web.Request) -> web.StreamResponse:
    return _file("index.html")


async def _static(request: web.Request) -> web.StreamResponse:
    return _file(request.match_info["name"])


def _file(name: str) -> web.FileResponse:
    """A file of the page's own, never of another folder, with a type that no machine's settings change."""
    path = FILES.get(name)
    if path is None:
        raise web.HTTPNotFound(text=f"The page has no file {name!r}.")
    return web.FileResponse(path, headers={"Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"})


def _json(drawn: Drawn) -> web.Response:
    return web.Response(body=orjson.dumps(drawn), content_type="application/json")


def mount(sandbox: "Sandbox", persons: Sequence[Person]) -> Page:
    """Puts the page at `sandbox.page_url`, before the server starts; `page_of` gives it later."""
    page = sandbox.app[_PAGE] = Page(sandbox, persons)
    page.ledger.listen_to(sandbox)
    sandbox.app.add_subapp(f"/{sandbox.key}/", page.application())
    return page


def page_of(sandbox: "Sandbox") -> Page:
    """The page that `mount` made."""
    return sandbox.app[_PAGE]


_PAGE = web.AppKey("page", Page)
