"""This room is the REST side: every call authorised, paced, carried out, recorded and answered in one place."""

import socket
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson
from aiohttp import web

from .attachments import Upload
from .backend import Backend
from .buckets import Verdict, in_milliseconds
from .drawing import mapping
from .errors import Json, Refusal, Unchecked
from .faults import CutOff
from .limits import REQUEST_SIZE
from .records import Exchange

PREFIX = "/api/v10"
OPEN = ("/interactions/", "/webhooks/", "/gateway")
"""Paths that need no bot token: the first two carry one of their own; `/gateway/bot` needs it all the same."""


@dataclass(frozen=True, slots=True)
class Answer:
    """No body is 204; a text is what Cloudflare says in Discord's place."""

    body: Unchecked = None
    status: int = 200


@dataclass(slots=True)
class Call:
    """One request, read and matched to its route."""

    backend: Backend
    params: dict[str, str]
    query: Mapping[str, str]
    body: Unchecked
    uploads: list[Upload]

    @property
    def fields(self) -> Json:
        """The body as an object."""
        if not isinstance(self.body, dict):
            raise Refusal(50035, errors=_errors("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"))
        return mapping(self.body)  # pyright: ignore[reportUnknownMemberType]

    def id(self, name: str) -> int:
        """A snowflake of the path; what is no number is refused as Discord does."""
        text = self.params[name]
        if not text.isascii() or not text.isdigit():
            problem = _errors("NUMBER_TYPE_COERCE", f'Value "{text}" is not snowflake.')
            raise Refusal(50035, errors={name: problem})
        return int(text)


def _errors(code: str, message: str) -> Json:
    return {"_errors": [{"code": code, "message": message}]}


Endpoint = Callable[[Call], Answer]
Routes = dict[str, Endpoint]
"""`"GET /users/@me"` → what carries it out."""


class Router:
    """Finds the endpoint by method and path; a fixed segment wins over a parameter."""

    def __init__(self, routes: Routes) -> None:
        self._by_shape: dict[tuple[str, int], list[tuple[list[str], str, Endpoint]]] = {}
        for line, endpoint in routes.items():
            method, template = line.split(" ")
            segments = template[1:].split("/")
            self._by_shape.setdefault((method, len(segments)), []).append((segments, template, endpoint))
        for candidates in self._by_shape.values():
            candidates.sort(key=lambda candidate: sum(part.startswith("{") for part in candidate[0]))

    def match(self, method: str, path: str) -> tuple[str, dict[str, str], Endpoint] | None:
        parts = path[1:].split("/")
        for segments, template, endpoint in self._by_shape.get((method, len(parts)), ()):
            params: dict[str, str] = {}
            for segment, part in zip(segments, parts, strict=True):
                if segment[0] == "{":
                    params[segment[1:-1]] = part
                elif segment != part:
                    break
            else:
                return template, params, endpoint
        return None


class Rest:
    """The handler of everything under /api/v10."""

    def __init__(self, backend: Backend, routes: Routes) -> None:
        self._backend = backend
        self._router = Router(routes)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.path[len(PREFIX) :]
        started = time.perf_counter()
        body: Unchecked = None
        headers: dict[str, str] = {}
        try:
            body, uploads = await self._read(request)
            await self._backend.faults.meet(request.method, path, "before")
            answer = self._carry_out(request, path, body, uploads, headers)
            await self._backend.faults.meet(request.method, path, "after")
        except Refusal as refusal:
            answer = Answer(refusal.body, refusal.status)
        except CutOff as cut_off:
            self._record(request, path, body, Answer(status=0), started)
            return _cut(request, reset=cut_off.reset)
        if answer.status in (401, 403, 429) and headers.get("X-RateLimit-Scope") != "shared":
            self._backend.buckets.invalid()
        self._record(request, path, body, answer, started)
        return _response(answer, headers)

    async def _read(self, request: web.Request) -> tuple[Unchecked, list[Upload]]:
        if request.content_length is not None and request.content_length > REQUEST_SIZE:
            raise Refusal(40005)
        if request.content_type == "multipart/form-data":
            return await _read_multipart(request)
        content = await request.read()
        if not content:
            return None, []
        return _parsed(content), []

    def _carry_out(
        self, request: web.Request, path: str, body: Unchecked, uploads: list[Upload], headers: dict[str, str]
    ) -> Answer:
        if self._backend.buckets.banned:
            return Answer("<h1>Error 1015: You are being rate limited</h1>", 429)
        found = self._router.match(request.method, path)
        if found is None:
            raise Refusal(0)
        template, params, endpoint = found
        if not path.startswith(OPEN) or template == "/gateway/bot":
            self._authorise(request)
        verdict = self._backend.buckets.judge(request.method, template, params)
        headers.update(verdict.headers)
        if verdict.retry_after is not None:
            return _too_many(verdict)
        return endpoint(Call(self._backend, params, request.query, body, uploads))

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self._backend.token}":
            raise Refusal(0, status=401, message="401: Unauthorized")

    def _record(self, request: web.Request, path: str, body: Unchecked, answer: Answer, started: float) -> None:
        records = self._backend.records
        if records.on:
            status = 204 if answer.status == 200 and answer.body is None else answer.status
            took = time.perf_counter() - started
            at, query = self._backend.now(), request.query_string
            records.exchange(Exchange(request.method, path, body, status, answer.body, at, query, took))


def _parsed(content: bytes) -> Unchecked:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refusal(50109) from None


async def _read_multipart(request: web.Request) -> tuple[Unchecked, list[Upload]]:
    """The body is the part `payload_json`; the files are `files[n]` (Reference, "Uploading Files")."""
    body: Unchecked = None
    uploads: list[Upload] = []
    for name, part in (await request.post()).items():
        if name == "payload_json":
            body = _parsed(part.file.read() if isinstance(part, web.FileField) else str(part).encode())
        elif isinstance(part, web.FileField) and name.startswith("files["):
            content_type = part.content_type
            uploads.append(Upload(name[6:-1], part.filename, content_type, part.file.read()))
    return body, uploads


def _too_many(verdict: Verdict) -> Answer:
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": in_milliseconds(verdict.retry_after or 0.0),
        "global": verdict.scope == "global",
    }
    return Answer(body, 429)


def _response(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.body is None:
        return web.Response(status=204, headers=headers)
    if isinstance(answer.body, str):
        return web.Response(text=answer.body, status=answer.status, content_type="text/html")
    content = orjson.dumps(answer.body)
    return web.Response(body=content, status=answer.status, headers=headers, content_type="application/json")


def _cut(request: web.Request, *, reset: bool) -> web.Response:
    """Closes the connection; with SO_LINGER at 0 the kernel sends RST instead of FIN."""
    transport = request.transport
    if transport is not None:
        if reset:
            plain: socket.socket = transport.get_extra_info("socket")
            plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()
