"""This room shows guilds, their members and roles (Resources, "Guild")."""

from .. import payloads
from ..errors import Refusal
from ..rest import Answer, Call, Routes
from ..world import Guild


def _guild(call: Call) -> Guild:
    guild = call.backend.world.guilds.get(call.id("guild_id"))
    if guild is None:
        raise Refusal(10004)
    if not guild.has_bot:
        raise Refusal(50001)
    return guild


def guild(call: Call) -> Answer:
    found = _guild(call)
    drawn = payloads.guild(found)
    if call.query.get("with_counts", "").lower() in ("1", "true"):
        drawn |= {"approximate_member_count": len(found.members), "approximate_presence_count": 1}
    return Answer(drawn)


def own(call: Call) -> Answer:
    """The guilds of the bot, partly (Resources, "User": Get Current User Guilds), by their ids."""
    after = int(call.query.get("after", "0"))
    limit = int(call.query.get("limit", "200"))
    guilds = call.backend.world.guilds
    found = [guilds[number] for number in sorted(guilds) if number > after and guilds[number].has_bot]
    return Answer([payloads.own_guild(guild, call.backend.world) for guild in found[:limit]])


def channels(call: Call) -> Answer:
    return Answer([payloads.channel(channel) for channel in _guild(call).channels])


def roles(call: Call) -> Answer:
    return Answer([payloads.role(role) for role in _guild(call).roles])


def member(call: Call) -> Answer:
    found = _guild(call).members.get(call.id("user_id"))
    if found is None:
        raise Refusal(10007)
    return Answer(payloads.member(found))


ROUTES: Routes = {
    "GET /users/@me/guilds": own,
    "GET /guilds/{guild_id}": guild,
    "GET /guilds/{guild_id}/channels": channels,
    "GET /guilds/{guild_id}/roles": roles,
    "GET /guilds/{guild_id}/members/{user_id}": member,
}
