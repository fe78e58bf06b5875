"""This room tests what a server's moderators say about who uses a command, and where."""

import pytest

from bot.sandbox import Channel, CommandRefused, Guild, Person, Sandbox
from bot.sandbox.errors import Json
from bot.sandbox.overwrites import MOST
from tests.sandbox.wire import Api, gateway

EVERYBODY: Json = {"name": "read", "description": "For everybody"}
MANAGERS: Json = {"name": "desk", "description": "For managers", "default_member_permissions": "32"}
MENU: Json = {"name": "Bookmark", "type": 3}


@pytest.fixture(autouse=True)
async def commands(api: Api, sandbox: Sandbox) -> dict[str, str]:
    path = f"/applications/{sandbox.application_id}/commands"
    made = (await api("PUT", path, [EVERYBODY, MANAGERS, MENU])).body
    return {command["name"]: command["id"] for command in made}


def names(person: Person, channel: Channel) -> set[str]:
    return {command["name"] for command in person.offered(channel)}


async def test_a_command_is_widened_to_a_person_and_to_a_role(
    sandbox: Sandbox, mara: Person, otto: Person, guild: Guild, hall: Channel
) -> None:
    assert names(mara, hall) == {"read", "Bookmark"}
    sandbox.permit(mara, "/desk")
    assert names(mara, hall) == {"read", "Bookmark", "desk"}
    assert names(otto, hall) == {"read", "Bookmark"}
    helpers = guild.role("helpers")
    guild.members[otto.id].roles.append(helpers)
    sandbox.permit(helpers, "/desk")
    assert "desk" in names(otto, hall)


async def test_a_command_is_narrowed(sandbox: Sandbox, mara: Person, otto: Person, guild: Guild, hall: Channel) -> None:
    sandbox.permit(guild.everyone, "/read", allowed=False)
    assert "read" not in names(mara, hall)
    with pytest.raises(CommandRefused, match="needs permissions they do not have"):
        await mara.runs("/read")
    sandbox.permit(mara, "/read")
    assert "read" in names(mara, hall)
    assert "read" not in names(otto, hall)


async def test_a_role_that_may_goes_before_one_that_may_not(
    sandbox: Sandbox, mara: Person, guild: Guild, hall: Channel
) -> None:
    one, other = guild.role("one"), guild.role("other")
    guild.members[mara.id].roles += [one, other]
    sandbox.permit(one, "/desk", allowed=False)
    assert "desk" not in names(mara, hall)
    sandbox.permit(other, "/desk")
    assert "desk" in names(mara, hall)
    sandbox.permit(mara, "/desk", allowed=False)
    assert "desk" not in names(mara, hall)


async def test_a_command_has_its_channels(
    sandbox: Sandbox, mara: Person, guild: Guild, hall: Channel, dark: Channel
) -> None:
    sandbox.permit(guild, "Bookmark", allowed=False)
    sandbox.permit(dark, "Bookmark")
    assert "Bookmark" not in names(mara, hall)
    assert "Bookmark" in names(mara, dark)
    assert "Bookmark" in names(mara, dark.thread("late"))


async def test_what_is_said_of_the_bot_holds_where_a_command_has_no_rule(
    sandbox: Sandbox, mara: Person, otto: Person, guild: Guild, hall: Channel, dark: Channel
) -> None:
    sandbox.permit(hall, allowed=False)
    assert names(mara, hall) == set()
    sandbox.permit(hall, "/read")
    assert names(mara, hall) == {"read"}
    sandbox.permit(otto, allowed=False)
    assert names(otto, dark) == set()
    sandbox.permit(otto, allowed=None)
    assert names(otto, dark) == {"read", "Bookmark"}


async def test_leave_to_use_the_bot_gives_no_command_for_managers(
    sandbox: Sandbox, mara: Person, hall: Channel
) -> None:
    sandbox.permit(mara)
    assert "desk" not in names(mara, hall)


async def test_administrators_may_whatever_is_said(sandbox: Sandbox, guild: Guild, hall: Channel) -> None:
    ada = sandbox.person("ada", guild=guild, permissions=1 << 3)
    sandbox.permit(ada, "/read", allowed=False)
    sandbox.permit(hall, allowed=False)
    assert names(ada, hall) == {"read", "desk", "Bookmark"}


async def test_a_bot_reads_the_rules(
    api: Api, sandbox: Sandbox, mara: Person, guild: Guild, commands: dict[str, str]
) -> None:
    path = f"/applications/{sandbox.application_id}/guilds/{guild.id}/commands"
    assert (await api("GET", f"{path}/{commands['desk']}/permissions")).code == 10066
    sandbox.permit(mara, "/desk")
    rule = {"id": str(mara.id), "type": 2, "permission": True}
    of_desk = {"id": commands["desk"], "application_id": str(sandbox.application_id), "guild_id": str(guild.id)}
    assert (await api("GET", f"{path}/{commands['desk']}/permissions")).body == of_desk | {"permissions": [rule]}
    sandbox.permit(guild.everyone, allowed=False)
    assert len((await api("GET", f"{path}/permissions")).body) == 2
    own = (await api("GET", f"{path}/{sandbox.application_id}/permissions")).body
    assert own["permissions"] == [{"id": str(guild.id), "type": 1, "permission": False}]
    assert (await api("GET", f"{path}/1/permissions")).code == 10063


async def test_a_bot_cannot_set_them(api: Api, sandbox: Sandbox, guild: Guild, commands: dict[str, str]) -> None:
    path = f"/applications/{sandbox.application_id}/guilds/{guild.id}/commands/{commands['desk']}/permissions"
    refused = await api("PUT", path, {"permissions": []})
    assert (refused.status, refused.code) == (403, 20001)


async def test_a_bot_hears_of_them(
    api: Api, sandbox: Sandbox, guild: Guild, hall: Channel, commands: dict[str, str]
) -> None:
    async with gateway(sandbox, api) as socket:
        await socket.enter()
        sandbox.permit(guild, "/read", allowed=False)
        heard = await socket.until("APPLICATION_COMMAND_PERMISSIONS_UPDATE")
        assert heard["permissions"] == [{"id": str(guild.id - 1), "type": 3, "permission": False}]
        sandbox.permit(guild, "/read", allowed=None)
        assert (await socket.until("APPLICATION_COMMAND_PERMISSIONS_UPDATE"))["permissions"] == []


async def test_a_hundred_rules_and_no_more(sandbox: Sandbox, guild: Guild, hall: Channel) -> None:
    for number in range(MOST):
        sandbox.permit(guild.role(f"role {number}"), "/read")
    with pytest.raises(ValueError, match="takes 100 rules"):
        sandbox.permit(guild.role("one more"), "/read")
    sandbox.permit(guild.role("role 7"), "/read", allowed=False)
