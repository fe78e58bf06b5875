"""This room tests reactions and pins, and that polls are refused."""

from urllib.parse import quote

import pytest

from bot.sandbox import Channel, CommandRefused, Guild, Message, Person, Sandbox
from bot.sandbox.permissions import ADD_REACTIONS, EVERYONE, MANAGE_MESSAGES, PIN_MESSAGES
from bot.sandbox.reactions import MOST, Pins
from tests.sandbox.bots import Bot
from tests.sandbox.wire import Api, gateway

LAMP, STAR = "🏮", "⭐"


@pytest.fixture
def guild(sandbox: Sandbox) -> Guild:
    return sandbox.guild("Story Circle", bot_permissions=EVERYONE | MANAGE_MESSAGES | PIN_MESSAGES)


@pytest.fixture
def said(otto: Person, hall: Channel) -> Message:
    return otto.says("The Lamp", channel=hall)


def reactions(message: Message, *parts: str) -> str:
    return "/".join((f"/channels/{message.channel_id}/messages/{message.id}/reactions", *map(quote, parts)))


def now(person: Person, message: Message) -> Message:
    return next(each for each in person.sees(message.channel) if each.id == message.id)


async def test_a_bot_reacts_and_takes_it_back(api: Api, said: Message, mara: Person) -> None:
    assert (await api("PUT", reactions(said, LAMP, "@me"))).status == 204
    mara.reacts(LAMP, said)
    assert now(mara, said).reactions == {LAMP: 2}
    assert now(mara, said).raw["reactions"][0]["me"]
    assert [user["username"] for user in (await api("GET", reactions(said, LAMP))).body] == ["talker", "mara"]
    assert (await api("DELETE", reactions(said, LAMP, "@me"))).status == 204
    assert now(mara, said).reactions == {LAMP: 1}
    mara.reacts(LAMP, said)
    assert now(mara, said).reactions == {}
    assert (await api("DELETE", reactions(said, LAMP, "@me"))).code == 10014


async def test_others_reactions_are_taken_off(api: Api, said: Message, mara: Person, otto: Person) -> None:
    for person in (mara, otto):
        person.reacts(LAMP, said)
        person.reacts(STAR, said)
    assert (await api("DELETE", reactions(said, LAMP, str(mara.id)))).status == 204
    assert now(mara, said).reactions == {LAMP: 1, STAR: 2}
    assert (await api("DELETE", reactions(said, LAMP, "7"))).code == 10013
    assert (await api("DELETE", reactions(said, STAR))).status == 204
    assert now(mara, said).reactions == {LAMP: 1}
    assert (await api("DELETE", reactions(said))).status == 204
    assert now(mara, said).reactions == {}


@pytest.mark.parametrize("emoji", ["lamp:123456", "x", "☺" * 33])
async def test_an_emoji_nobody_has(api: Api, said: Message, mara: Person, emoji: str) -> None:
    assert (await api("PUT", reactions(said, emoji, "@me"))).code == 10014
    with pytest.raises(CommandRefused, match="Unknown Emoji"):
        mara.reacts(emoji, said)


async def test_twenty_different_ones_and_no_more(api: Api, said: Message, mara: Person) -> None:
    for number in range(MOST):
        mara.reacts(chr(0x1F400 + number), said)
    assert (await api("PUT", reactions(said, LAMP, "@me"))).code == 30010


async def test_reacting_takes_a_permission_but_joining_in_does_not(
    api: Api, said: Message, mara: Person, guild: Guild, hall: Channel
) -> None:
    mara.reacts(STAR, said)
    guild.everyone.permissions &= ~ADD_REACTIONS
    guild.members[api.sandbox.bot_user.id].roles.clear()
    assert (await api("PUT", reactions(said, LAMP, "@me"))).code == 50013
    api.sandbox.advance(1)
    assert (await api("PUT", reactions(said, STAR, "@me"))).status == 204
    assert (await api("DELETE", reactions(said))).code == 50013


async def test_a_private_message_takes_none(bot: Bot, api: Api, mara: Person) -> None:
    private = await mara.runs("/read", story="The Lamp")
    assert isinstance(private, Message)
    assert (await api("PUT", reactions(private, LAMP, "@me"))).code == 10008
    with pytest.raises(CommandRefused, match="for mara alone"):
        mara.reacts(LAMP, private)


async def test_one_reaction_in_a_quarter_of_a_second(api: Api, said: Message) -> None:
    assert (await api("PUT", reactions(said, LAMP, "@me"))).status == 204
    refused = await api("PUT", reactions(said, STAR, "@me"))
    assert (refused.status, refused.body["global"]) == (429, False)


async def test_reactions_are_heard_by_intent(sandbox: Sandbox, api: Api, said: Message, mara: Person) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter(1 | 1 << 10 | 1 << 13)
        mara.reacts(LAMP, said)
        heard = await socket.until("MESSAGE_REACTION_ADD")
        assert heard["member"]["user"]["username"] == "mara"
        assert (heard["emoji"], heard["message_id"]) == ({"id": None, "name": LAMP}, str(said.id))
        mara.reacts(LAMP, said)
        assert (await socket.next())["t"] == "MESSAGE_REACTION_REMOVE"
        mara.reacts(LAMP, mara.says("in private", channel="dm"))
        assert "guild_id" not in await socket.until("MESSAGE_REACTION_ADD")
        sandbox.backend.reactions.clear(said.stored, LAMP)
        assert (await socket.next())["t"] == "MESSAGE_REACTION_REMOVE_EMOJI"
        sandbox.backend.reactions.clear(said.stored)
        assert (await socket.next())["t"] == "MESSAGE_REACTION_REMOVE_ALL"


async def test_reactions_are_not_heard_without(sandbox: Sandbox, api: Api, said: Message, mara: Person) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        await socket.until("GUILD_CREATE")
        mara.reacts(LAMP, said)
        sandbox.backend.pins.pin(said.stored)
        assert (await socket.next())["t"] == "CHANNEL_PINS_UPDATE"


async def test_pins(api: Api, said: Message, otto: Person, hall: Channel, sandbox: Sandbox) -> None:
    other = otto.says("Late Light", channel=hall)
    base = f"/channels/{hall.id}"
    assert (await api("PUT", f"{base}/messages/pins/{said.id}")).status == 204
    sandbox.advance(1)
    assert (await api("PUT", f"{base}/pins/{other.id}")).status == 204
    assert (await api("PUT", f"{base}/pins/{other.id}")).status == 204
    found = (await api("GET", f"{base}/messages/pins")).body
    assert [item["message"]["content"] for item in found["items"]] == ["Late Light", "The Lamp"]
    assert now(otto, said).pinned
    assert (await api("DELETE", f"{base}/messages/pins/{other.id}")).status == 204
    assert [message["content"] for message in (await api("GET", f"{base}/pins")).body] == ["The Lamp"]
    assert (await api("DELETE", f"{base}/pins/{said.id}")).status == 204
    assert not now(otto, said).pinned


async def test_so_many_pins(api: Api, said: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pins, "MOST", 0)
    assert (await api("PUT", f"/channels/{said.channel_id}/pins/{said.id}")).code == 30003


async def test_pinning_takes_a_permission(api: Api, said: Message, guild: Guild) -> None:
    guild.members[api.sandbox.bot_user.id].roles.clear()
    assert (await api("PUT", f"/channels/{said.channel_id}/pins/{said.id}")).code == 50013


async def test_polls_are_refused(api: Api, hall: Channel) -> None:
    answers = [{"poll_media": {"text": answer}} for answer in ("yes", "no")]
    poll = {"question": {"text": "Another?"}, "answers": answers, "duration": 24, "layout_type": 1}
    refused = await api("POST", f"/channels/{hall.id}/messages", {"poll": poll})
    assert (refused.status, refused.code) == (403, 50013)
    assert (await api("POST", f"/channels/{hall.id}/polls/1/expire")).status == 404
