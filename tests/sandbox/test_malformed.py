"""This room throws nonsense at the checks: whatever comes is taken or refused, never a crash."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox import Channel, Refusal, Sandbox, drawing
from bot.sandbox.command_limits import check_command
from bot.sandbox.component_limits import check_modal
from bot.sandbox.errors import Json
from bot.sandbox.limits import check_message
from bot.sandbox.problems import Problems
from tests.sandbox.wire import Api

KEYS = (
    "type",
    "content",
    "embeds",
    "components",
    "component",
    "accessory",
    "options",
    "choices",
    "attachments",
    "title",
    "description",
    "fields",
    "author",
    "footer",
    "image",
    "name",
    "value",
    "label",
    "custom_id",
    "style",
    "url",
    "flags",
    "id",
    "min_values",
    "max_values",
    "required",
    "allowed_mentions",
    "message_reference",
    "nonce",
    "data",
    "items",
    "media",
    "file",
)
SCALARS = st.none() | st.booleans() | st.integers(-3, 40) | st.floats(allow_nan=False) | st.text(max_size=6)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)
BODIES = st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8)


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_messages(body: Json) -> None:
    with contextlib.suppress(Refusal):
        check_message(body)
        assert drawing.components(body.get("components"), {}) is not None
        assert drawing.embeds(body.get("embeds"), {}) is not None


@settings(max_examples=100, deadline=None)
@given(BODIES)
def test_forms(body: Json) -> None:
    with contextlib.suppress(Refusal):
        check_modal(body)
        assert drawing.components(body["components"], {})


@settings(max_examples=100, deadline=None)
@given(BODIES)
def test_commands(body: Json) -> None:
    problems = Problems()
    check_command(body, problems)
    assert problems.tree or body["name"]


def code_of(body: Json) -> int | None:
    try:
        check_message(body)
    except Refusal as refused:
        return refused.body["code"]
    return None


@settings(deadline=None)
@given(st.text("a😀 ", max_size=6), st.integers(330, 350))
def test_content_is_refused_exactly_when_it_is_too_long_or_empty(text: str, times: int) -> None:
    content = text * times
    units = len(content.strip().encode("utf-16-le")) // 2
    assert code_of({"content": content}) == (50006 if units == 0 else 50035 if units > 2_000 else None)


ODD: list[Json] = [
    {"content": "x", "embeds": ["x"]},
    {"content": "x", "embeds": [{"author": "x"}]},
    {"content": "x", "components": [[]]},
    {"content": "x", "components": [{"type": 1, "components": ["x"]}]},
    {"content": "x", "flags": "64"},
    {"content": "x", "attachments": "x"},
    {"content": {"x": 1}},
]


@pytest.mark.parametrize("body", ODD)
async def test_odd_bodies_are_refused_in_form(api: Api, hall: Channel, body: Json) -> None:
    answer = await api("POST", f"/channels/{hall.id}/messages", body)
    assert (answer.status, answer.code) == (400, 50035)
    assert hall.messages == {}


@pytest.mark.parametrize(
    "more", [{"allowed_mentions": "x"}, {"message_reference": "x"}, {"nonce": None, "enforce_nonce": "x"}]
)
async def test_odd_extras_do_no_harm(api: Api, hall: Channel, more: Json) -> None:
    answer = await api("POST", f"/channels/{hall.id}/messages", {"content": "@here"} | more)
    assert answer.status in (200, 400)


async def test_odd_queries_do_no_harm(api: Api, hall: Channel) -> None:
    assert (await api("GET", f"/channels/{hall.id}/messages", before="x", limit="y")).status == 200


COMMANDS: list[object] = [{}, [], [[]], "x", [{"name": 1}], [{"options": [1]}]]
RECIPIENTS: list[object] = [{}, [], "x", {"recipient_id": []}, {"recipient_id": {}}]


@pytest.mark.parametrize("body", COMMANDS)
async def test_odd_commands_are_no_crash(api: Api, sandbox: Sandbox, body: object) -> None:
    path = f"/applications/{sandbox.application_id}/commands"
    for method in ("PUT", "POST"):
        assert (await api(method, path, body)).status in (200, 400)


@pytest.mark.parametrize("body", RECIPIENTS)
async def test_odd_recipients_are_refused(api: Api, body: object) -> None:
    assert (await api("POST", "/users/@me/channels", body)).status == 400
