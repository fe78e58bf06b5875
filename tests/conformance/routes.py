"""This room finds the operation of the OpenAPI file that a method and a path mean."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from tests.conformance.closing import Schema

METHODS = ("get", "put", "post", "patch", "delete")
SNOWFLAKE = "#/components/schemas/SnowflakeType"


@dataclass(frozen=True, slots=True)
class Route:
    """One operation. `snowflakes`: its path parameters that are ids; `queries`: what it takes after `?`."""

    method: str
    template: str
    operation: Schema
    snowflakes: frozenset[str]
    queries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    route: Route
    parameters: Mapping[str, str]

    @property
    def path(self) -> str:
        """The path as it may be shown: tokens are left as the name of their parameter."""
        shown = {name: value for name, value in self.parameters.items() if not name.endswith("_token")}
        return "/".join(shown.get(step.strip("{}"), step) for step in self.route.template.split("/"))

    @property
    def strangers(self) -> list[str]:
        """Parameters that should be ids and are none."""
        return [name for name in sorted(self.route.snowflakes) if not self.parameters[name].isdecimal()]


@dataclass(slots=True)
class Node:
    words: dict[str, "Node"] = field(default_factory=dict[str, "Node"])
    parameter: "Node | None" = None
    routes: dict[str, Route] = field(default_factory=dict[str, Route])


class Routes:
    """A tree of path segments; a literal segment (`@me`, `@original`, `pins`) goes before a parameter."""

    def __init__(self, paths: Schema) -> None:
        self.root = Node()
        for template, item in paths.items():
            for method in METHODS:
                if method in item:
                    self.add(make_route(method.upper(), template, item))

    def add(self, route: Route) -> None:
        node = self.root
        for step in segments(route.template):
            if step.startswith("{"):
                node.parameter = node.parameter or Node()
                node = node.parameter
            else:
                node = node.words.setdefault(step, Node())
        node.routes[route.method] = route

    def find(self, method: str, path: str) -> Match | None:
        steps = [unquote(step) for step in segments(path)]
        for node in ends(self.root, steps):
            if route := node.routes.get(method):
                return Match(route, parameters(route.template, steps))
        return None


def make_route(method: str, template: str, item: Schema) -> Route:
    operation: Schema = item[method.lower()]
    declared: list[Schema] = [*item.get("parameters", []), *operation.get("parameters", [])]
    return Route(
        method=method,
        template=template,
        operation=operation,
        snowflakes=frozenset(
            one["name"] for one in declared if one["in"] == "path" and one["schema"].get("$ref") == SNOWFLAKE
        ),
        queries=frozenset(one["name"] for one in declared if one["in"] == "query"),
    )


def ends(node: Node, steps: list[str]) -> Iterator[Node]:
    """The nodes at the end of `steps`, the most literal first."""
    if not steps:
        yield node
        return
    for child in (node.words.get(steps[0]), node.parameter):
        if child is not None:
            yield from ends(child, steps[1:])


def parameters(template: str, steps: list[str]) -> dict[str, str]:
    pairs = zip(segments(template), steps, strict=True)
    return {name.strip("{}"): value for name, value in pairs if name.startswith("{")}


def segments(path: str) -> list[str]:
    return path.strip("/").split("/")
