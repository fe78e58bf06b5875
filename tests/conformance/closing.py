"""This room turns the schemas of the OpenAPI file into ones that refuse what the file does not name.

The file lists every key there is but hardly ever says `additionalProperties: false`. So here
- an object schema that stands alone takes its own properties and no other;
- branches of an `allOf` describe one object together: plain ones are merged into one schema, which is closed;
- where that cannot be done (a union is among them, or stands beside `properties`), they are copied in place
  and left open, and the schema around them gets `unevaluatedProperties: false`;
- every branch of a union is closed, so a value made of the keys of two branches fits none.

`oneOf` stays "exactly one". The 16 `anyOf` are unions too (`x-discord-union: oneOf`), written so because a
value without the keys that tell the branches apart fits several of them: `{"choices": []}`, or a follow-up
that only has `content`. Over closed branches `anyOf` asks for what Discord means: one branch that holds all.
Source: discord/discord-api-spec, README, "Spec conventions".
"""

from typing import Any, TypeAlias, cast

Schema: TypeAlias = dict[str, Any]

ADDRESS = "urn:discord:openapi"
UNIONS = frozenset({"oneOf", "anyOf"})
SCALARS = ("integer", "string", "number", "boolean")
PLAIN = frozenset({"type", "properties", "required", "description", "title"})
INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}


def close(schema: Schema, components: Schema, *, beside: bool = False) -> Schema:
    """`schema` with every object in it closed, and its references made absolute (under `ADDRESS`).

    `beside`: it describes the same object as its neighbours, so it must stay open for their keys.
    """
    if beside:
        schema = resolve(schema, components)
    schema = merge(schema, components)
    together = is_combined(schema)
    closed = {
        keyword: close_keyword(keyword, value, components, beside=beside or together)
        for keyword, value in schema.items()
    }
    if schema.get("format") == "int32":
        closed = INT32 | closed
    return closed if beside else closed | lock(schema, together=together)


def close_keyword(keyword: str, value: object, components: Schema, *, beside: bool) -> object:
    match keyword, value:
        case "$ref", str():
            return ADDRESS + value
        case "properties", dict():
            properties = cast("Schema", value)
            return {name: close(schema, components) for name, schema in properties.items()}
        case "items" | "additionalProperties", dict():
            return close(cast("Schema", value), components)
        case "oneOf" | "anyOf" | "allOf", list():
            branches = cast("list[Schema]", value)
            return [close(branch, components, beside=beside) for branch in branches]
        case _:
            return value


def is_combined(schema: Schema) -> bool:
    """Whether several schemas describe one object here."""
    if schema.get("type") in SCALARS:
        return False
    return "allOf" in schema or ("properties" in schema and not UNIONS.isdisjoint(schema))


def lock(schema: Schema, *, together: bool) -> Schema:
    if together:
        return {"unevaluatedProperties": False}
    if "properties" in schema and "additionalProperties" not in schema:
        return {"additionalProperties": False}
    return {}


def merge(schema: Schema, components: Schema) -> Schema:
    """One plain object schema for an `allOf` of such that share no key; any other schema as it is."""
    if "allOf" not in schema or schema.get("type") in SCALARS:
        return schema
    own = {keyword: value for keyword, value in schema.items() if keyword != "allOf"}
    parts = [own, *(merge(resolve(branch, components), components) for branch in schema["allOf"])]
    properties = {name: value for part in parts for name, value in part.get("properties", {}).items()}
    if not all(is_plain(part) for part in parts) or len(properties) < sum(map(count, parts)):
        return schema
    required = [name for part in parts for name in part.get("required", [])]
    return {"type": "object", "properties": properties, "required": sorted(set(required))}


def is_plain(schema: Schema) -> bool:
    return schema.keys() <= PLAIN and schema.get("type", "object") == "object"


def count(schema: Schema) -> int:
    return len(schema.get("properties", {}))


def resolve(schema: Schema, components: Schema) -> Schema:
    reference: str = schema.get("$ref", "")
    return components[reference.removeprefix("#/components/schemas/")] if reference else schema
