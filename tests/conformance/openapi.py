"""This room judges one exchange by the OpenAPI file that Discord publishes."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol
from urllib.parse import parse_qsl

import orjson
from jsonschema_rs import Draft202012, Draft202012Validator, Registry

from tests.conformance.allowances import ALLOWANCES, Allowance
from tests.conformance.closing import ADDRESS, Schema, close
from tests.conformance.routes import Match, Route, Routes
from tests.conformance.violations import Violation, findings
from tests.shared import shared


class Exchange(Protocol):
    """What the judge reads of an exchange; bodies are parsed JSON, or None where there was none.

    `path` is without `/api/v10` and without its query; `status` is 0 where no answer was sent.
    """

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def request(self) -> object: ...
    @property
    def status(self) -> int: ...
    @property
    def response(self) -> object: ...
    @property
    def query(self) -> str: ...


class Description:
    """The OpenAPI file, closed, and compiled as far as was asked for. The allowances edit `document`."""

    def __init__(self, document: Schema, allowances: Sequence[Allowance] = ALLOWANCES) -> None:
        for allowance in allowances:
            allowance.edit(document)
        self.document = document
        self.components: Schema = document["components"]["schemas"]
        self.routes = Routes(document["paths"])
        closed = {name: close(schema, self.components) for name, schema in self.components.items()}
        resource = {"components": {"schemas": closed}}
        self.registry = Registry([(ADDRESS, resource)], draft=Draft202012)
        self.validators: dict[tuple[str, ...], Draft202012Validator | None] = {}

    def judge(self, exchange: Exchange) -> list[Violation]:
        match = self.routes.find(exchange.method, exchange.path)
        if match is None:
            what = "the file has no such route"
            return [Violation(exchange.method, exchange.path, "route", "", what)]
        return [
            Violation(exchange.method, match.path, side, where, what)
            for side, where, what in self.breaches(match, exchange)
        ]

    def breaches(self, match: Match, exchange: Exchange) -> Iterator[tuple[str, str, str]]:
        for name in match.strangers:
            yield "route", name, "not a snowflake"
        for name, _ in parse_qsl(exchange.query, keep_blank_values=True):
            if name not in match.route.queries:
                yield "route", f"?{name}", "unknown query parameter"
        for where, what in self.request_findings(match.route, exchange.request):
            yield "request", where, what
        if exchange.status:
            for where, what in self.answer_findings(match.route, exchange.status, exchange.response):
                yield "answer", where, what

    def request_findings(self, route: Route, body: object) -> Iterator[tuple[str, str]]:
        declared: Schema = route.operation.get("requestBody", {})
        if body is None and not declared.get("required", False):
            return
        if not declared:
            yield "", "a body where the file takes none"
            return
        yield from self.body_findings((route.method, route.template), declared, body)

    def answer_findings(self, route: Route, status: int, body: object) -> Iterator[tuple[str, str]]:
        responses: Schema = route.operation["responses"]
        key = next((key for key in (str(status), f"{status // 100}XX") if key in responses), None)
        if key is None:
            yield "", f"status {status}, where the file has {', '.join(responses)}"
            return
        answer = self.resolve(responses[key])
        if answer.get("content"):
            yield from self.body_findings((route.method, route.template, key), answer, body)
        elif body is not None:
            yield "", f"a body, where the file has none with {status}"

    def body_findings(self, key: tuple[str, ...], holder: Schema, body: object) -> Iterator[tuple[str, str]]:
        if key not in self.validators:
            self.validators[key] = self.compile_body(holder["content"])
        validator = self.validators[key]
        if validator is None:
            return
        yield from check(validator, body)

    def compile_body(self, content: Schema) -> Draft202012Validator | None:
        """None for pictures and tables: their bytes are no JSON."""
        media: Schema = content.get("application/json") or next(iter(content.values()))
        is_json = "application/json" in content or "multipart/form-data" in content
        return self.compile(media["schema"]) if is_json else None

    def component(self, name: str) -> Draft202012Validator:
        """The compiled schema of that name."""
        return self.compile({"$ref": f"#/components/schemas/{name}"})

    def compile(self, schema: Schema) -> Draft202012Validator:
        closed = close(schema, self.components)
        return Draft202012Validator(closed, registry=self.registry, validate_formats=True)

    def resolve(self, response: Schema) -> Schema:
        name = response.get("$ref", "").removeprefix("#/components/responses/")
        return self.document["components"]["responses"][name] if name else response


def check(validator: Draft202012Validator, body: object) -> Iterator[tuple[str, str]]:
    """(where, what) of each thing wrong with `body`; the quick question comes first."""
    if validator.is_valid(body):
        return
    for error in validator.iter_errors(body):
        yield from findings(error)


@cache
def discord() -> Description:
    """Discord's description, read once per session. Skips the test where the shared folder is missing."""
    return Description(orjson.loads(shared("discord/openapi.json").read_bytes()))


def judge(exchange: Exchange) -> list[Violation]:
    return discord().judge(exchange)
