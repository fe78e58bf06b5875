"""This room registers commands (Interactions, "Application Commands")."""

from ..drawing import items
from ..errors import Refusal
from ..rest import Answer, Call, Routes
from ..world import Guild


def _scope(call: Call) -> int | None:
    """The guild of the path, or None; another application's commands are nobody's business."""
    if call.id("application_id") != call.backend.application_id:
        raise Refusal(10002)
    if "guild_id" not in call.params:
        return None
    guild = call.backend.world.guilds.get(call.id("guild_id"))
    if guild is None or not guild.has_bot:
        raise Refusal(50001)
    return guild.id


def commands(call: Call) -> Answer:
    return Answer(call.backend.commands.all(_scope(call)))


def overwrite(call: Call) -> Answer:
    return Answer(call.backend.commands.overwrite(_scope(call), items(call.body)))


def create(call: Call) -> Answer:
    command, new = call.backend.commands.create(_scope(call), call.fields)
    return Answer(command, 201 if new else 200)


def command(call: Call) -> Answer:
    return Answer(call.backend.commands.get(_scope(call), call.params["command_id"]))


def edit(call: Call) -> Answer:
    return Answer(call.backend.commands.edit(_scope(call), call.params["command_id"], call.fields))


def delete(call: Call) -> Answer:
    call.backend.commands.delete(_scope(call), call.params["command_id"])
    return Answer()


def all_permissions(call: Call) -> Answer:
    return Answer(call.backend.overwrites.all(_guild(call)))


def permissions(call: Call) -> Answer:
    """Of a command, or of the application by its own id."""
    guild, target = _guild(call), call.id("command_id")
    if target != call.backend.application_id:
        call.backend.commands.find(guild.id, str(target))
    return Answer(call.backend.overwrites.drawn(guild, target))


def _guild(call: Call) -> Guild:
    scope = _scope(call)
    assert scope is not None
    return call.backend.world.guilds[scope]


def set_permissions(_call: Call) -> Answer:
    """A moderator's to say, with a token of their own; a bot only reads it."""
    raise Refusal(20001)


GLOBAL, GUILD = "/applications/{application_id}/commands", "/applications/{application_id}/guilds/{guild_id}/commands"

ROUTES: Routes = {
    f"{method} {base}{rest}": endpoint
    for base in (GLOBAL, GUILD)
    for method, rest, endpoint in (
        ("GET", "", commands),
        ("PUT", "", overwrite),
        ("POST", "", create),
        ("GET", "/{command_id}", command),
        ("PATCH", "/{command_id}", edit),
        ("DELETE", "/{command_id}", delete),
    )
} | {
    f"GET {GUILD}/permissions": all_permissions,
    f"GET {GUILD}/{{command_id}}/permissions": permissions,
    f"PUT {GUILD}/{{command_id}}/permissions": set_permissions,
}
