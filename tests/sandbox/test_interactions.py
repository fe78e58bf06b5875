"""This room tests the life of an interaction call by call: once, in time, and with what is allowed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.sandbox import Channel, Guild, Message, Modal, Person, Sandbox, Unanswered
from tests.sandbox.wire import Answer, Api, Json, Socket, gateway

READ: Json = {
    "name": "read",
    "description": "Open a story",
    "integration_types": [0, 1],
    "options": [{"type": 3, "name": "story", "description": "Which", "autocomplete": True}],
}
BUTTON: Json = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Next", "custom_id": "next"}]}
FIELD: Json = {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "name", "style": 1}}
FORM: Json = {"custom_id": "form", "title": "Letter", "components": [FIELD]}


@dataclass
class Wire:
    """A bot made of bare calls."""

    sandbox: Sandbox
    api: Api
    socket: Socket

    async def heard(self) -> Json:
        return await self.socket.until("INTERACTION_CREATE")

    async def answer(self, asked: Json, kind: int, data: Json | None = None, **query: str) -> Answer:
        body: Json = {"type": kind} | ({} if data is None else {"data": data})
        return await self.api("POST", f"/interactions/{asked['id']}/{asked['token']}/callback", body, **query)

    async def webhook(self, method: str, asked: Json, rest: str = "", body: Json | None = None) -> Answer:
        path = f"/webhooks/{self.sandbox.application_id}/{asked['token']}{rest}"
        return await self.api(method, path, body)


@pytest.fixture
async def wire(sandbox: Sandbox, api: Api, hall: Channel) -> AsyncIterator[Wire]:
    await api("PUT", f"/applications/{sandbox.application_id}/commands", [READ])
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        yield Wire(sandbox, api, socket)


@pytest.fixture
async def asked(wire: Wire, mara: Person) -> AsyncIterator[Json]:
    """Mara has run /read and waits."""
    waiting = asyncio.create_task(mara.runs("/read", story="The Lamp"))
    yield await wire.heard()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def pressed(wire: Wire, person: Person) -> tuple[Json, "asyncio.Task[Message | Modal]"]:
    """A button that somebody has pressed, and their waiting."""
    waiting = asyncio.create_task(person.runs("/read", story="x"))
    await wire.answer(await wire.heard(), 4, {"content": "page 1", "components": [BUTTON]})
    await waiting
    waiting = asyncio.create_task(person.clicks("Next"))
    return await wire.heard(), waiting


async def test_everything_an_interaction_carries(asked: Json, sandbox: Sandbox, guild: Guild, hall: Channel) -> None:
    assert asked["application_id"] == str(sandbox.application_id)
    assert (asked["type"], asked["version"], asked["context"]) == (2, 1, 0)
    assert asked["data"]["options"] == [{"name": "story", "type": 3, "value": "The Lamp"}]
    assert asked["authorizing_integration_owners"] == {"0": str(guild.id)}
    assert asked["attachment_size_limit"] == 10 * 1024 * 1024
    assert asked["entitlements"] == []
    assert (asked["locale"], asked["guild_locale"]) == ("en-US", "en-US")
    assert asked["guild"] == {"id": str(guild.id), "locale": "en-US", "features": []}
    channel = asked["channel"]
    assert (channel["id"], channel["type"], channel["nsfw"]) == (str(hall.id), 0, False)
    assert asked["member"]["user"]["username"] == "mara"
    assert int(asked["member"]["permissions"]) & 1 << 31
    assert "user" not in asked
    assert int(asked["app_permissions"]) & 1 << 11


async def test_a_component_brings_its_message(wire: Wire, mara: Person) -> None:
    asked, waiting = await pressed(wire, mara)
    assert asked["type"] == 3
    assert asked["data"] == {"custom_id": "next", "component_type": 2, "id": 2}
    assert asked["message"]["content"] == "page 1"
    assert asked["message"]["interaction_metadata"]["user"]["username"] == "mara"
    await wire.answer(asked, 6)
    await wire.webhook("PATCH", asked, "/messages/@original", {"content": "page 2"})
    assert (await waiting).content == "page 2"


async def test_a_dm_has_a_user_and_no_guild(wire: Wire, mara: Person) -> None:
    waiting = asyncio.create_task(mara.runs("/read", story="x", channel="dm"))
    asked = await wire.heard()
    assert asked["user"]["id"] == str(mara.id)
    assert not {"member", "guild_id", "guild"} & set(asked)
    assert (asked["context"], asked["channel"]["type"]) == (1, 1)
    assert asked["authorizing_integration_owners"] == {"0": "0"}
    await wire.answer(asked, 4, {"content": "hello"})
    assert (await waiting).content == "hello"
    assert [shown.content for shown in mara.dms] == ["hello"]


async def test_a_thread_says_nothing_of_age(wire: Wire, mara: Person, dark: Channel) -> None:
    late = dark.thread("late")
    waiting = asyncio.create_task(mara.runs("/read", story="x", channel=late))
    asked = await wire.heard()
    assert asked["channel"]["type"] == 11
    assert asked["channel"]["parent_id"] == str(dark.id)
    assert "nsfw" not in asked["channel"]
    assert (await wire.api("GET", f"/channels/{late.id}")).body.get("nsfw") is None
    assert (await wire.api("GET", f"/channels/{dark.id}")).body["nsfw"] is True
    await wire.answer(asked, 4, {"content": "x"})
    await waiting


async def test_an_app_of_ones_own_goes_everywhere(wire: Wire, sandbox: Sandbox) -> None:
    elsewhere = sandbox.guild("Elsewhere", has_bot=False)
    elsewhere.channel("lobby")
    zoe = sandbox.person("zoe", guild=elsewhere)
    zoe.installs()
    waiting = asyncio.create_task(zoe.runs("/read", story="x"))
    asked = await wire.heard()
    assert asked["authorizing_integration_owners"] == {"1": str(zoe.id)}
    await wire.answer(asked, 4, {"content": "x"})
    await waiting
    sandbox.rate_limits = False
    statuses = [(await wire.webhook("POST", asked, "", {"content": "more"})) for _ in range(6)]
    assert [answer.status for answer in statuses] == [200] * 5 + [403]
    assert statuses[-1].code == 40094


async def test_with_response_gives_the_message(wire: Wire, asked: Json) -> None:
    answer = await wire.answer(asked, 4, {"content": "hello", "flags": 64}, with_response="1")
    assert answer.status == 200
    assert answer.body["resource"]["type"] == 4
    message = answer.body["resource"]["message"]
    assert (message["content"], message["flags"], message["type"]) == ("hello", 64, 20)
    assert answer.body["interaction"]["response_message_id"] == message["id"]
    assert answer.body["interaction"]["response_message_ephemeral"] is True


async def test_without_it_there_is_no_body(wire: Wire, asked: Json) -> None:
    answer = await wire.answer(asked, 5)
    assert (answer.status, answer.body) == (204, b"")


async def test_a_second_answer_is_refused(wire: Wire, asked: Json) -> None:
    await wire.answer(asked, 4, {"content": "one"})
    second = await wire.answer(asked, 4, {"content": "two"})
    assert (second.status, second.code) == (400, 40060)


async def test_an_answer_refused_may_be_tried_again(wire: Wire, asked: Json) -> None:
    assert (await wire.answer(asked, 4, {"content": "x" * 2_001})).code == 50035
    assert (await wire.answer(asked, 4, {"content": ""})).code == 50006
    assert (await wire.answer(asked, 4, {"content": "short"})).status == 204


async def test_three_seconds(wire: Wire, sandbox: Sandbox, mara: Person) -> None:
    waiting = asyncio.create_task(mara.runs("/read", story="x"))
    asked = await wire.heard()
    sandbox.advance(3.1)
    with pytest.raises(Unanswered):
        async with asyncio.timeout(1):
            await waiting
    late = await wire.answer(asked, 4, {"content": "sorry"})
    assert (late.status, late.code) == (404, 10062)


async def test_just_in_time(wire: Wire, sandbox: Sandbox, asked: Json) -> None:
    sandbox.advance(2.5)
    assert (await wire.answer(asked, 4, {"content": "phew"})).status == 204


async def test_fifteen_minutes(wire: Wire, asked: Json, sandbox: Sandbox) -> None:
    await wire.answer(asked, 5)
    sandbox.advance(899)
    assert (await wire.webhook("PATCH", asked, "/messages/@original", {"content": "in time"})).status == 200
    sandbox.advance(2)
    late = await wire.webhook("PATCH", asked, "/messages/@original", {"content": "late"})
    assert (late.status, late.code) == (401, 50027)


async def test_tokens_nobody_gave(wire: Wire, asked: Json) -> None:
    assert (await wire.answer(asked | {"token": "made-up"}, 4, {"content": "x"})).code == 10062
    assert (await wire.answer(asked | {"id": "1"}, 4, {"content": "x"})).code == 10062
    assert (await wire.webhook("POST", {"token": "made-up"}, "", {"content": "x"})).code == 10015
    assert (await wire.api("POST", f"/webhooks/1/{asked['token']}", {"content": "x"})).code == 10015


async def test_the_webhook_is_not_there_before_the_answer(wire: Wire, asked: Json) -> None:
    assert (await wire.webhook("GET", asked, "/messages/@original")).code == 10015
    assert (await wire.webhook("POST", asked, "", {"content": "x"})).code == 10015


async def test_the_original_can_be_read_edited_and_deleted_once(wire: Wire, asked: Json) -> None:
    await wire.answer(asked, 4, {"content": "one"})
    assert (await wire.webhook("GET", asked, "/messages/@original")).body["content"] == "one"
    edited = await wire.webhook("PATCH", asked, "/messages/@original", {"content": "two"})
    assert (edited.body["content"], edited.body["edited_timestamp"] is None) == ("two", False)
    assert (await wire.webhook("DELETE", asked, "/messages/@original")).status == 204
    assert (await wire.webhook("DELETE", asked, "/messages/@original")).code == 10008
    assert (await wire.webhook("GET", asked, "/messages/@original")).code == 10008


async def test_a_form_leaves_no_message_behind(wire: Wire, asked: Json) -> None:
    assert (await wire.answer(asked, 9, FORM)).status == 204
    assert (await wire.webhook("GET", asked, "/messages/@original")).code == 10008


async def test_follow_ups_are_messages_of_their_own(wire: Wire, asked: Json, mara: Person, otto: Person) -> None:
    await wire.answer(asked, 4, {"content": "one"})
    public = (await wire.webhook("POST", asked, "", {"content": "two"})).body
    private = (await wire.webhook("POST", asked, "", {"content": "three", "flags": 64})).body
    assert public["interaction_metadata"]["original_response_message_id"] == public["message_reference"]["message_id"]
    assert [shown.content for shown in otto.sees()] == ["one", "two"]
    assert [shown.content for shown in mara.sees()] == ["one", "two", "three"]
    edited = await wire.webhook("PATCH", asked, f"/messages/{private['id']}", {"content": "3"})
    assert edited.body["content"] == "3"
    assert (await wire.webhook("DELETE", asked, f"/messages/{public['id']}")).status == 204
    assert (await wire.webhook("GET", asked, f"/messages/{public['id']}")).code == 10008
    assert [shown.content for shown in mara.sees()] == ["one", "3"]


async def test_a_token_reaches_its_own_messages_alone(wire: Wire, mara: Person) -> None:
    first, waiting = await pressed(wire, mara)
    await wire.answer(first, 4, {"content": "mine"})
    mine = (await waiting).id
    second = asyncio.create_task(mara.runs("/read", story="y"))
    asked = await wire.heard()
    await wire.answer(asked, 4, {"content": "other"})
    await second
    assert (await wire.webhook("PATCH", asked, f"/messages/{mine}", {"content": "stolen"})).code == 10008
    assert (await wire.webhook("GET", first, f"/messages/{mine}")).body["content"] == "mine"


async def test_an_ephemeral_message_is_not_there_for_the_channel(wire: Wire, asked: Json, hall: Channel) -> None:
    message = (await wire.answer(asked, 4, {"content": "psst", "flags": 64}, with_response="1")).body["resource"]
    path = f"/channels/{hall.id}/messages/{message['message']['id']}"
    assert (await wire.api("GET", path)).code == 10008
    assert (await wire.api("PATCH", path, {"content": "x"})).code == 10008
    assert (await wire.api("GET", f"/channels/{hall.id}/messages")).body == []


def kinds(answer: Answer) -> list[str]:
    assert (answer.status, answer.code) == (400, 50035)
    return [problem["code"] for problem in answer.body["errors"]["type"]["_errors"]]


@pytest.mark.parametrize("kind", [1, 2, 3, 6, 7, 8, 10, 12, 99])
async def test_what_cannot_answer_a_command(wire: Wire, asked: Json, kind: int) -> None:
    assert kinds(await wire.answer(asked, kind, {"content": "x"})) == ["BASE_TYPE_CHOICES"]


async def test_what_cannot_answer_autocomplete(wire: Wire, mara: Person) -> None:
    waiting = asyncio.create_task(mara.types("/read", story="la"))
    asked = await wire.heard()
    assert asked["data"]["options"] == [{"name": "story", "type": 3, "value": "la", "focused": True}]
    assert kinds(await wire.answer(asked, 4, {"content": "x"})) == ["BASE_TYPE_CHOICES"]
    await wire.answer(asked, 8, {"choices": [{"name": "The Lamp", "value": "1"}]})
    assert [choice.name for choice in await waiting] == ["The Lamp"]
    assert (await wire.webhook("POST", asked, "", {"content": "x"})).code == 10015


@pytest.mark.parametrize(
    ("choices", "where", "code"),
    [
        ([{"name": "x", "value": "x"}] * 26, (), "BASE_TYPE_MAX_LENGTH"),
        ([{"name": "x" * 101, "value": "x"}], ("0", "name"), "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "", "value": "x"}], ("0", "name"), "BASE_TYPE_BAD_LENGTH"),
        ([{"name": "x", "value": "x" * 101}], ("0", "value"), "BASE_TYPE_MAX_LENGTH"),
        ([{"name": "x"}], ("0", "value"), "BASE_TYPE_REQUIRED"),
    ],
)
async def test_choices_that_are_too_many_or_too_long(
    wire: Wire, mara: Person, choices: list[Json], where: tuple[str, ...], code: str
) -> None:
    waiting = asyncio.create_task(mara.types("/read", story="la"))
    asked = await wire.heard()
    answer = await wire.answer(asked, 8, {"choices": choices})
    node: Any = answer.body["errors"]["data"]["choices"]
    for step in where:
        node = node[step]
    assert (answer.code, node["_errors"][0]["code"]) == (50035, code)
    await wire.answer(asked, 8, {"choices": []})
    assert await waiting == []


async def test_a_form_cannot_answer_a_form_nor_follow_a_deferral(wire: Wire, mara: Person) -> None:
    asked, waiting = await pressed(wire, mara)
    await wire.answer(asked, 9, FORM)
    await waiting
    sending = asyncio.create_task(mara.submits(Name="Mara"))
    sent = await wire.heard()
    assert kinds(await wire.answer(sent, 9, FORM)) == ["BASE_TYPE_CHOICES"]
    assert (await wire.answer(sent, 5)).status == 204
    assert (await wire.answer(sent, 9, FORM)).code == 40060
    await wire.webhook("PATCH", sent, "/messages/@original", {"content": "thanks"})
    assert (await sending).content == "thanks"


async def test_a_form_brings_its_fields_and_where_it_came_from(wire: Wire, mara: Person) -> None:
    asked, waiting = await pressed(wire, mara)
    await wire.answer(asked, 9, FORM)
    await waiting
    sending = asyncio.create_task(mara.submits({"name": "Mara"}))
    sent = await wire.heard()
    field = {"type": 4, "id": 2, "custom_id": "name", "value": "Mara"}
    assert sent["data"] == {"custom_id": "form", "components": [{"type": 18, "id": 1, "component": field}]}
    assert sent["message"]["content"] == "page 1"
    answer = await wire.answer(sent, 4, {"content": "thanks"}, with_response="true")
    metadata = answer.body["resource"]["message"]["interaction_metadata"]
    assert metadata["type"] == 5
    assert metadata["triggering_interaction_metadata"]["id"] == asked["id"]
    await sending


async def test_a_form_of_a_command_has_no_message_to_change(wire: Wire, asked: Json, mara: Person) -> None:
    await wire.answer(asked, 9, FORM)
    sending = asyncio.create_task(mara.submits(Name="x"))
    sent = await wire.heard()
    assert "message" not in sent
    assert kinds(await wire.answer(sent, 7, {"content": "x"})) == ["BASE_TYPE_CHOICES"]
    await wire.answer(sent, 4, {"content": "x"})
    await sending


async def test_a_form_whose_answer_fails_stays_open(wire: Wire, mara: Person, sandbox: Sandbox) -> None:
    asked, waiting = await pressed(wire, mara)
    await wire.answer(asked, 9, FORM)
    await waiting
    sending = asyncio.create_task(mara.submits(Name="Mara"))
    await wire.heard()
    sandbox.advance(4)
    with pytest.raises(Unanswered):
        await sending
    assert mara.modal is not None


async def test_what_onlookers_are_told(wire: Wire, mara: Person, otto: Person, sandbox: Sandbox) -> None:
    hers, his = sandbox.watch(mara), sandbox.watch(otto)
    asked, waiting = await pressed(wire, mara)
    await wire.answer(asked, 9, FORM)
    await waiting
    sending = asyncio.create_task(mara.submits(Name="x"))
    sent = await wire.heard()
    await wire.answer(sent, 7, {"content": "edited"})
    await sending
    await wire.webhook("POST", sent, "", {"content": "psst", "flags": 64})
    await wire.webhook("DELETE", sent, "/messages/@original")
    assert [hers.get_nowait().kind for _ in range(hers.qsize())] == ["new", "modal", "edited", "new", "deleted"]
    assert [his.get_nowait().kind for _ in range(his.qsize())] == ["new", "edited", "deleted"]
    sandbox.unwatch(mara, hers)
    mara.says("unheard")
    assert hers.empty()
    assert his.get_nowait().message is not None


async def test_failure_is_shown_to_the_one_who_asked(wire: Wire, mara: Person, otto: Person, sandbox: Sandbox) -> None:
    hers, his = sandbox.watch(mara), sandbox.watch(otto)
    waiting = asyncio.create_task(mara.runs("/read", story="x"))
    await wire.heard()
    sandbox.advance(4)
    await asyncio.gather(waiting, return_exceptions=True)
    assert hers.get_nowait().kind == "failed"
    assert his.empty()
