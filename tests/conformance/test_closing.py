"""This room shows that closing a schema takes nothing away but keys that no schema names."""

from collections.abc import Iterator
from functools import cache
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012, Draft202012Validator, Registry

from tests.conformance.closing import ADDRESS, Schema, close
from tests.conformance.openapi import check, discord

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}


def thing(*required: str, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


COMPONENTS: dict[str, Schema] = {
    "Lamp": thing("oil", oil=NUMBER),
    "Room": thing(lamp=ref("Lamp"), rooms={"type": "array", "items": ref("Room")}),
    "Street": {"allOf": [ref("Lamp"), thing(house=TEXT)]},
    "Town": {"allOf": [{"oneOf": [ref("Lamp"), thing("gas", gas=NUMBER)]}, thing(house=TEXT)]},
    "Village": {"properties": {"house": TEXT}, "oneOf": [ref("Lamp"), thing("gas", gas=NUMBER)]},
    "Twins": {"allOf": [thing(oil={"minimum": 1}), thing(oil={"maximum": 9})]},
    "Either": {"oneOf": [ref("Lamp"), thing("gas", gas=NUMBER)]},
    "Blurred": {"anyOf": [thing(oil=NUMBER, wick=TEXT), thing(oil=NUMBER, glass=TEXT)]},
    "Map": {"type": "object", "additionalProperties": thing("oil", oil=NUMBER)},
    "Sealed": thing("oil", oil=NUMBER) | {"additionalProperties": TEXT},
    "Maybe": {"type": ["object", "null"], "properties": {"oil": NUMBER}},
    "Perhaps": {"allOf": [ref("Maybe")]},
    "Small": {"type": "integer", "enum": [1, 2], "allOf": [{"oneOf": [{"const": 1}, {"const": 3}]}]},
    "Counted": {"type": ["integer", "null"], "format": "int32", "minimum": 0},
}


@cache
def validator(name: str) -> Draft202012Validator:
    closed = {name: close(schema, COMPONENTS) for name, schema in COMPONENTS.items()}
    registry = Registry([(ADDRESS, {"components": {"schemas": closed}})], draft=Draft202012)
    return Draft202012Validator(close(ref(name), COMPONENTS), registry=registry)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Lamp", {"oil": 1}),
        ("Room", {"rooms": [{"rooms": [{"lamp": {"oil": 1}}]}]}),
        ("Street", {"oil": 1, "house": "x"}),
        ("Town", {"oil": 1, "house": "x"}),
        ("Town", {"gas": 1, "house": "x"}),
        ("Village", {"gas": 1, "house": "x"}),
        ("Twins", {"oil": 5}),
        ("Either", {"gas": 1}),
        ("Blurred", {}),
        ("Blurred", {"oil": 1}),
        ("Blurred", {"oil": 1, "glass": "x"}),
        ("Map", {"any": {"oil": 1}}),
        ("Sealed", {"oil": 1, "any": "x"}),
        ("Maybe", None),
        ("Maybe", {"oil": 1}),
        ("Perhaps", None),
        ("Perhaps", {"oil": 1}),
        ("Small", 1),
        ("Counted", None),
        ("Counted", 2**31 - 1),
    ],
)
def test_what_the_schema_names_is_taken(name: str, value: object) -> None:
    assert list(check(validator(name), value)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Lamp", {"oil": 1, "wick": "x"}),
        ("Room", {"rooms": [{"rooms": [{"lamp": {"oil": 1, "wick": "x"}}]}]}),
        ("Street", {"oil": 1, "house": "x", "wick": "x"}),
        ("Street", {"house": "x"}),
        ("Town", {"oil": 1, "house": "x", "wick": "x"}),
        ("Town", {"oil": 1, "gas": 1}),
        ("Village", {"gas": 1, "house": "x", "wick": "x"}),
        ("Twins", {"oil": 0}),
        ("Twins", {"oil": 10}),
        ("Twins", {"oil": 5, "wick": "x"}),
        ("Either", {"oil": 1, "gas": 1}),
        ("Blurred", {"wick": "x", "glass": "x"}),
        ("Map", {"any": {"oil": 1, "wick": "x"}}),
        ("Sealed", {"oil": 1, "any": 5}),
        ("Maybe", {"wick": 1}),
        ("Small", 2),
        ("Counted", 2**31),
        ("Counted", -1),
    ],
)
def test_what_it_does_not_name_is_refused(name: str, value: object) -> None:
    assert list(check(validator(name), value)) != []


def test_a_value_that_fits_two_forms_of_oneof_is_refused() -> None:
    schema: Schema = {"oneOf": [NUMBER, {"type": "integer", "minimum": 3}]}
    assert list(check(Draft202012Validator(close(schema, {})), 5)) == [("", "fits 2 forms where exactly one is meant")]


def test_merged_parts_tell_nothing_but_the_mistake() -> None:
    assert list(check(validator("Street"), {"oil": "much", "house": "x"})) == [("oil", "'much' is not integer")]


@cache
def open_validator(name: str) -> Draft202012Validator:
    registry = Registry([(ADDRESS, {"components": {"schemas": COMPONENTS}})], draft=Draft202012)
    return Draft202012Validator({"$ref": f"{ADDRESS}#/components/schemas/{name}"}, registry=registry)


VALUES = st.recursive(
    st.sampled_from([0, 1, 5, 10, "x", None]),
    lambda inner: (
        st.dictionaries(st.sampled_from(["oil", "gas", "house", "lamp", "rooms", "wick", "glass"]), inner, max_size=3)
        | st.lists(inner, max_size=2)
    ),
    max_leaves=4,
)


@given(name=st.sampled_from(sorted(COMPONENTS)), value=VALUES)
def test_closing_never_takes_what_the_schema_refuses(name: str, value: object) -> None:
    if validator(name).is_valid(value):
        assert open_validator(name).is_valid(value)


def objects(value: object) -> Iterator[Schema]:
    """All object schemas inside."""
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from objects(item)
    if isinstance(value, dict):
        schema = cast("Schema", value)
        if isinstance(schema.get("properties"), dict):
            yield schema
        yield from objects(list(schema.values()))


def test_no_object_of_the_file_stays_open() -> None:
    components = discord().components
    for name, schema in components.items():
        for found in objects(close(schema, components)):
            assert found.get("additionalProperties", True) is not True, name


@pytest.mark.parametrize("name", ["MessageResponse", "RichEmbed", "ErrorResponse", "GuildResponse"])
def test_an_unknown_key_is_told(name: str) -> None:
    assert ("lamp", "unknown key") in list(check(discord().component(name), {"lamp": 1}))
