"""This room tests channels, DMs and messages over REST."""

import io
import re

import aiohttp
import discord
import pytest

from bot.sandbox import Channel, Guild, Person, Sandbox
from bot.sandbox.permissions import EVERYONE, MENTION_EVERYONE, SEND_MESSAGES, VIEW_CHANNEL
from tests.sandbox.bots import Bot, button, view
from tests.sandbox.wire import Answer, Api, Json


@pytest.fixture(autouse=True)
def unhurried(sandbox: Sandbox) -> None:
    """Rate limits have a room of their own."""
    sandbox.rate_limits = False


def messages(channel: Channel) -> str:
    return f"/channels/{channel.id}/messages"


async def say(api: Api, channel: Channel, content: str = "hello", **more: object) -> Json:
    answer = await api("POST", messages(channel), {"content": content} | more)
    assert answer.status == 200, answer.body
    return answer.body


# Reading and writing


async def test_a_message_is_written_read_edited_and_deleted(api: Api, hall: Channel, mara: Person) -> None:
    message = await say(api, hall, "  hello \n")
    assert (message["content"], message["type"], message["edited_timestamp"]) == ("hello", 0, None)
    path = f"{messages(hall)}/{message['id']}"
    assert (await api("GET", path)).body == message
    edited = (await api("PATCH", path, {"content": "goodbye"})).body
    assert edited["content"] == "goodbye"
    assert edited["edited_timestamp"] is not None
    assert [shown.text for shown in mara.sees(hall)] == ["goodbye"]
    assert (await api("DELETE", path)).status == 204
    assert (await api("DELETE", path)).code == 10008
    assert mara.sees(hall) == []


async def test_an_edit_changes_what_it_names(api: Api, hall: Channel) -> None:
    message = await say(api, hall, "text", embeds=[{"title": "card"}])
    path = f"{messages(hall)}/{message['id']}"
    assert (await api("PATCH", path, {"embeds": []})).body["content"] == "text"
    assert (await api("PATCH", path, {"content": None})).code == 50006


async def test_messages_are_listed_newest_first(api: Api, hall: Channel) -> None:
    ids = [(await say(api, hall, str(number)))["id"] for number in range(7)]

    async def listed(**query: str) -> list[str]:
        return [message["content"] for message in (await api("GET", messages(hall), **query)).body]

    assert await listed() == list("6543210")
    assert await listed(limit="2") == list("65")
    assert await listed(before=ids[3], limit="2") == list("21")
    assert await listed(after=ids[3]) == list("654")
    assert await listed(after=ids[1], limit="2") == list("32")
    assert await listed(around=ids[3], limit="3") == list("432")
    answer = await api("GET", messages(hall), limit="101")
    assert answer.body["errors"]["limit"]["_errors"][0]["code"] == "NUMBER_TYPE_MAX"


async def test_only_its_own_messages_can_be_edited(api: Api, hall: Channel, mara: Person) -> None:
    path = f"{messages(hall)}/{mara.says('mine', channel=hall).id}"
    assert (await api("PATCH", path, {"content": "x"})).code == 50005
    assert (await api("DELETE", path)).code == 50013


async def test_embeds_come_back_as_discord_gives_them(api: Api, hall: Channel) -> None:
    embed: Json = {
        "title": " T ",
        "description": "D",
        "color": 255,
        "author": {"name": "A", "icon_url": "https://x.org/a.png"},
        "footer": {"text": "F"},
        "fields": [{"name": "N", "value": "V"}],
        "image": {"url": "https://x.org/i.png"},
        "timestamp": None,
    }
    [drawn] = (await say(api, hall, embeds=[embed]))["embeds"]
    assert (drawn["type"], drawn["title"], drawn["color"]) == ("rich", "T", 255)
    assert drawn["fields"] == [{"name": "N", "value": "V", "inline": False}]
    assert drawn["author"]["proxy_icon_url"] == "https://x.org/a.png"
    assert drawn["image"]["proxy_url"] == "https://x.org/i.png"
    assert "timestamp" not in drawn


async def test_components_get_numbers(api: Api, hall: Channel) -> None:
    row: Json = {"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a", "id": 2}]}
    other: Json = {"type": 1, "components": [{"type": 3, "custom_id": "b", "options": [{"label": "l", "value": "v"}]}]}
    first, second = (await say(api, hall, components=[row, other]))["components"]
    assert (first["id"], first["components"][0]["id"]) == (1, 2)
    assert (second["id"], second["components"][0]["id"]) == (3, 4)
    assert (second["components"][0]["min_values"], second["components"][0]["max_values"]) == (1, 1)


async def test_a_reply_points_at_its_message(api: Api, hall: Channel, guild: Guild) -> None:
    first = await say(api, hall, "one")
    reply = await say(api, hall, "two", message_reference={"message_id": first["id"]})
    assert reply["type"] == 19
    assert reply["referenced_message"]["content"] == "one"
    assert reply["message_reference"]["guild_id"] == str(guild.id)
    lost: Json = {"content": "x", "message_reference": {"message_id": "1"}}
    answer = await api("POST", messages(hall), lost)
    assert answer.body["errors"]["message_reference"]["_errors"][0]["code"] == "REPLIES_UNKNOWN_MESSAGE"
    lost["message_reference"]["fail_if_not_exists"] = False
    assert (await api("POST", messages(hall), lost)).body["type"] == 0


@pytest.mark.parametrize(
    ("allowed", "mentions", "everyone"),
    [
        (None, ["mara"], True),
        ({"parse": []}, [], False),
        ({"parse": ["users"]}, ["mara"], False),
        ({"parse": ["everyone"]}, [], True),
        ({"parse": [], "users": ["{mara}"]}, ["mara"], False),
    ],
)
async def test_who_is_pinged(
    api: Api, sandbox: Sandbox, allowed: Json | None, mentions: list[str], everyone: bool
) -> None:
    guild = sandbox.guild("Loud", bot_permissions=EVERYONE | MENTION_EVERYONE)
    channel = guild.channel("loud")
    mara = sandbox.person("mara", guild=guild)
    if allowed and "users" in allowed:
        allowed = allowed | {"users": [str(mara.id)]}
    more = {} if allowed is None else {"allowed_mentions": allowed}
    message = await say(api, channel, f"@everyone, <@{mara.id}> and <@&{guild.everyone.id}>", **more)
    assert [user["username"] for user in message["mentions"]] == mentions
    assert message["mention_everyone"] is everyone
    assert mara.screen.mentions == [*mentions, *(["@everyone"] if everyone else [])]


async def test_everyone_takes_a_permission(api: Api, hall: Channel) -> None:
    assert (await say(api, hall, "@everyone"))["mention_everyone"] is False


# Where the bot may write


async def test_places_that_are_not_there_or_not_to_be_seen(api: Api, sandbox: Sandbox, guild: Guild) -> None:
    assert (await api("GET", "/channels/1")).code == 10003
    elsewhere = sandbox.guild("Elsewhere", has_bot=False).channel("lobby")
    assert (await api("GET", f"/channels/{elsewhere.id}")).code == 50001
    hidden = guild.channel("hidden")
    hidden.hide()
    refused = await api("POST", messages(hidden), {"content": "x"})
    assert (refused.status, refused.code) == (403, 50001)
    assert sandbox.person("mara").sees(hidden) == []
    muted = guild.channel("muted")
    muted.hide(SEND_MESSAGES)
    assert (await api("POST", messages(muted), {"content": "x"})).code == 50013
    muted.overwrites[sandbox.bot_user.id] = (SEND_MESSAGES, 0)
    assert (await api("POST", messages(muted), {"content": "x"})).status == 200


async def test_a_thread_is_as_its_parent_is(api: Api, guild: Guild, mara: Person) -> None:
    parent = guild.channel("hidden")
    thread = parent.thread("inside")
    assert (await say(api, thread))["channel_id"] == str(thread.id)
    parent.hide(VIEW_CHANNEL)
    assert (await api("POST", messages(thread), {"content": "x"})).code == 50001
    assert not mara.may_see(thread)
    assert parent.thread("inside") is thread


async def test_a_path_that_is_no_snowflake(api: Api) -> None:
    answer = await api("GET", "/channels/hall")
    assert answer.body["errors"]["channel_id"]["_errors"][0]["code"] == "NUMBER_TYPE_COERCE"


@pytest.mark.parametrize("body", [b"{", b"\xff", b"nonsense"])
async def test_a_body_that_is_no_json(api: Api, hall: Channel, body: bytes) -> None:
    answer = await api("POST", messages(hall), data=body)
    assert (answer.status, answer.code) == (400, 50109)


async def test_a_body_that_is_no_object(api: Api, hall: Channel) -> None:
    answer = await api("POST", messages(hall), ["x"])
    assert answer.body["errors"]["_errors"][0]["code"] == "DICT_TYPE_CONVERT"


# Nonces


async def test_an_enforced_nonce_gives_the_first_message_again(api: Api, hall: Channel, sandbox: Sandbox) -> None:
    first = await say(api, hall, "one", nonce="n1", enforce_nonce=True)
    again = await say(api, hall, "two", nonce="n1", enforce_nonce=True)
    assert (again["id"], again["content"], again["nonce"]) == (first["id"], "one", "n1")
    assert len(hall.messages) == 1
    sandbox.advance(301)
    assert (await say(api, hall, "three", nonce="n1", enforce_nonce=True))["content"] == "three"


async def test_a_nonce_is_one_authors_wherever_it_writes(
    api: Api, hall: Channel, dark: Channel, sandbox: Sandbox
) -> None:
    await say(api, hall, "one", nonce="n1", enforce_nonce=True)
    assert (await say(api, dark, "two", nonce="n1", enforce_nonce=True))["content"] == "one"


async def test_a_nonce_that_is_not_enforced_is_a_label(api: Api, hall: Channel) -> None:
    await say(api, hall, "one", nonce=7)
    assert (await say(api, hall, "two", nonce=7))["content"] == "two"


# DMs


async def open_dm(api: Api, person: Person) -> Answer:
    return await api("POST", "/users/@me/channels", {"recipient_id": str(person.id)})


async def test_a_dm_is_the_same_channel_each_time(api: Api, mara: Person, otto: Person) -> None:
    opened = (await open_dm(api, mara)).body
    assert opened["recipients"][0]["id"] == str(mara.id)
    assert (await open_dm(api, mara)).body == opened
    assert (await open_dm(api, otto)).body["id"] != opened["id"]
    assert (await api("GET", f"/channels/{opened['id']}")).body == opened


async def test_a_dm_is_read_by_one_alone(api: Api, mara: Person, otto: Person) -> None:
    await open_dm(api, mara)
    await say(api, mara.dm, "for you")
    assert (await mara.receives()).text == "for you"
    assert otto.dms == []
    assert otto.sees(mara.dm) == []


async def test_receiving_waits_for_the_message(bot: Bot, mara: Person) -> None:
    user = await bot.fetch_user(mara.id)
    await user.send("one")
    await user.send("two")
    assert (await mara.receives(2)).text == "two"
    assert [message.text for message in mara.dms] == ["one", "two"]
    with pytest.raises(TimeoutError):
        await mara.receives(3, timeout=0.01)


async def test_closed_dms_can_be_opened_but_not_written_to(api: Api, mara: Person) -> None:
    mara.closes_dms()
    assert (await open_dm(api, mara)).status == 200
    refused = await api("POST", messages(mara.dm), {"content": "x"})
    assert (refused.status, refused.body) == (403, {"message": "Cannot send messages to this user", "code": 50007})
    mara.opens_dms()
    await say(api, mara.dm)


async def test_nobody_without_a_server_in_common_gets_a_dm(api: Api, mara: Person, guild: Guild) -> None:
    mara.leaves(guild)
    await open_dm(api, mara)
    refused = await api("POST", messages(mara.dm), {"content": "x"})
    assert (refused.status, refused.code) == (403, 50278)
    mara.installs()
    await say(api, mara.dm)


async def test_recipients_that_cannot_be(api: Api, sandbox: Sandbox) -> None:
    me = str(sandbox.application_id)
    assert (await api("POST", "/users/@me/channels", {"recipient_id": me})).code == 50007
    assert (await api("POST", "/users/@me/channels", {"recipient_id": "1"})).code == 50033
    missing = await api("POST", "/users/@me/channels", {})
    assert "recipient_id" in missing.body["errors"]


@pytest.mark.parametrize(("code", "status"), [(40003, 400), (20026, 403)])
async def test_opening_dms_is_refused_on_demand(
    api: Api, sandbox: Sandbox, mara: Person, code: int, status: int
) -> None:
    await open_dm(api, mara)
    sandbox.refuse_dms(40003 if code == 40003 else 20026)
    refused = await open_dm(api, mara)
    assert (refused.status, refused.code) == (status, code)
    assert "Retry-After" not in refused.headers
    await say(api, mara.dm, "known channels go on")
    sandbox.refuse_dms(None)
    assert (await open_dm(api, mara)).status == 200


# Files


async def test_files_are_kept_behind_links_that_run_out(bot: Bot, api: Api, sandbox: Sandbox, hall: Channel) -> None:
    channel = bot.get_channel(hall.id) or await bot.fetch_channel(hall.id)
    assert isinstance(channel, discord.TextChannel)
    file = discord.File(__file__, filename="book.epub", description="A book")
    embed = discord.Embed(title="x").set_image(url="attachment://book.epub")
    message = await channel.send("here", file=file, embed=embed, view=view(button("x", "x")))
    [attachment] = message.attachments
    assert (attachment.filename, attachment.description) == ("book.epub", "A book")
    assert re.search(r"/attachments/\d+/\d+/book\.epub\?ex=\w+&is=\w+&hm=\w+&", attachment.url)
    assert message.embeds[0].image.url == attachment.url
    assert b"behind links that run out" in await attachment.read()
    async with aiohttp.ClientSession() as session:
        for link in (
            attachment.url.replace("hm=", "hm=0"),
            attachment.url.replace("book", "other"),
            attachment.url.split("?")[0],
        ):
            assert (await session.get(link)).status == 404
        sandbox.advance(86_401)
        assert (await session.get(attachment.url)).status == 404


async def test_an_edit_keeps_the_files_it_names(bot: Bot, hall: Channel) -> None:
    channel = await bot.fetch_channel(hall.id)
    assert isinstance(channel, discord.TextChannel)
    files = [discord.File(__file__, filename=name) for name in ("a.txt", "b.txt")]
    message = await channel.send(files=files)
    edited = await message.edit(content="x")
    assert [attachment.filename for attachment in edited.attachments] == ["a.txt", "b.txt"]
    edited = await edited.edit(attachments=[edited.attachments[1], discord.File(__file__, filename="c.txt")])
    assert [attachment.filename for attachment in edited.attachments] == ["b.txt", "c.txt"]


async def test_files_over_the_limit(api: Api, hall: Channel) -> None:
    form = aiohttp.FormData()
    form.add_field("payload_json", '{"content": "x"}')
    form.add_field("files[0]", io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)), filename="big.bin")
    answer = await api("POST", messages(hall), data=form)
    assert (answer.status, answer.code) == (413, 40005)
    assert hall.messages == {}


# What else can be looked up


async def test_guilds_members_roles_and_users(
    api: Api, guild: Guild, mara: Person, hall: Channel, sandbox: Sandbox
) -> None:
    path = f"/guilds/{guild.id}"
    shown = (await api("GET", path, with_counts="true")).body
    assert (shown["name"], shown["approximate_member_count"]) == ("Story Circle", 3)
    assert "approximate_member_count" not in (await api("GET", path)).body
    assert [channel["name"] for channel in (await api("GET", f"{path}/channels")).body] == ["reading-room"]
    assert [role["name"] for role in (await api("GET", f"{path}/roles")).body] == ["@everyone", "talker"]
    assert (await api("GET", f"{path}/members/{mara.id}")).body["user"]["global_name"] == "Mara"
    assert (await api("GET", f"{path}/members/1")).code == 10007
    assert (await api("GET", f"/users/{mara.id}")).body["username"] == "mara"
    assert (await api("GET", "/users/1")).code == 10013
    assert (await api("GET", "/guilds/1")).code == 10004
    elsewhere = sandbox.guild("Elsewhere", has_bot=False)
    assert (await api("GET", f"/guilds/{elsewhere.id}")).code == 50001
