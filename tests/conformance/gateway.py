"""This room judges the messages, users, members, channels and roles inside a gateway event.

The OpenAPI file has no gateway events; the objects in them are those of REST, but for the keys named here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeAlias, cast

from jsonschema_rs import Draft202012Validator

from tests.conformance.closing import Schema
from tests.conformance.openapi import check, discord
from tests.conformance.violations import Violation, place

Step: TypeAlias = str | int
Keys: TypeAlias = tuple[tuple[str, Schema], ...]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
SNOWFLAKE: Schema = {"$ref": "#/components/schemas/SnowflakeType"}


class GatewayEvent(Protocol):
    @property
    def op(self) -> int: ...
    @property
    def t(self) -> str | None: ...
    @property
    def d(self) -> object: ...


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Components of the file, one of which an object must be.

    `more`: keys that it has over the gateway only. `required`, if given, replaces the component's list.
    Compared by identity, as schemas have no hash.
    """

    components: tuple[str, ...]
    more: Keys = ()
    required: tuple[str, ...] | None = None


# Sources: documentation, Gateway Events and Receiving and Responding, in the sections named beside the forms.
USER = Form(("UserResponse",))
MESSAGE = Form(("MessageResponse",))
ROLE = Form(("GuildRoleResponse",))
THREAD = Form(("ThreadResponse",))
MEMBER = Form(("GuildMemberResponse",))
CHANNEL = Form(("GuildChannelResponse",))
ATTACHMENT = Form(("MessageAttachmentResponse",))
ENTITLEMENT = Form(("EntitlementResponse",))
# User Structure: the fields that are not optional.
OWN_USER = Form(("UserPIIResponse",), required=("id", "username", "discriminator", "global_name", "avatar"))
# Guild Member Structure: permissions come "when in the interaction object".
ACTING_MEMBER = Form(("GuildMemberResponse",), more=(("permissions", TEXT),))
# Resolved Data Structure: partial members lack user, deaf and mute, partial channels have but a few fields.
RESOLVED_MEMBER = Form(("BasicGuildMemberResponse",), more=(("permissions", TEXT),))
PARTIAL_CHANNEL = Form(
    ("GuildChannelResponse", "PrivateChannelResponse", "PrivateGroupChannelResponse", "ThreadResponse"),
    required=("id", "type"),
)
# Channel Structure: guild_id "may be missing for some channel objects received over gateway".
LISTED_CHANNEL = Form(("GuildChannelResponse",), required=("id", "type", "flags", "name", "position"))
LISTED_THREAD = Form(("ThreadResponse",), required=("id", "type", "flags", "name", "owner_id", "thread_metadata"))
# Guild Member Add, Thread Create and Message Create: extra fields.
JOINED_MEMBER = Form(("GuildMemberResponse",), more=(("guild_id", SNOWFLAKE),))
NEW_THREAD = Form(("ThreadResponse",), more=(("newly_created", FLAG),))
SPOKEN_MESSAGE = Form(("MessageResponse",), more=(("guild_id", SNOWFLAKE), ("member", {"type": "object"})))
SPEAKER = Form(("BasicGuildMemberResponse",), more=(("mute", FLAG), ("deaf", FLAG)))

# Where the objects are; "*" stands for each item of a list or each value of a map.
PLACES: dict[str, dict[str, Form]] = {
    "READY": {"user": OWN_USER},
    "GUILD_CREATE": {
        "channels.*": LISTED_CHANNEL,
        "threads.*": LISTED_THREAD,
        "members.*": MEMBER,
        "roles.*": ROLE,
    },
    "CHANNEL_CREATE": {"": CHANNEL},
    "CHANNEL_UPDATE": {"": CHANNEL},
    "THREAD_CREATE": {"": NEW_THREAD},
    "THREAD_UPDATE": {"": THREAD},
    "GUILD_MEMBER_ADD": {"": JOINED_MEMBER},
    "GUILD_ROLE_CREATE": {"role": ROLE},
    "GUILD_ROLE_UPDATE": {"role": ROLE},
    "MESSAGE_CREATE": {"": SPOKEN_MESSAGE, "member": SPEAKER},
    "MESSAGE_UPDATE": {"": SPOKEN_MESSAGE, "member": SPEAKER},
    "INTERACTION_CREATE": {
        "user": USER,
        "member": ACTING_MEMBER,
        "message": MESSAGE,
        "channel": PARTIAL_CHANNEL,
        "entitlements.*": ENTITLEMENT,
        "data.resolved.users.*": USER,
        "data.resolved.members.*": RESOLVED_MEMBER,
        "data.resolved.roles.*": ROLE,
        "data.resolved.channels.*": PARTIAL_CHANNEL,
        "data.resolved.messages.*": MESSAGE,
        "data.resolved.attachments.*": ATTACHMENT,
    },
}


def judge_event(event: GatewayEvent) -> list[Violation]:
    """What is wrong with the objects inside the event; an event without any is not judged."""
    name = event.t or ""
    return [
        Violation("GATEWAY", name, "event", join(at, where), what)
        for path, form in PLACES.get(name, {}).items()
        for at, value in objects(event.d, path.split(".") if path else [])
        for where, what in check(compiled(form), value)
    ]


def objects(value: object, steps: list[str]) -> Iterator[tuple[list[Step], object]]:
    """(where, object) for all that `steps` lead to; nothing where they lead nowhere."""
    if not steps:
        yield [], value
        return
    first, *rest = steps
    for step, child in children(value, first):
        for where, found in objects(child, rest):
            yield [step, *where], found


def children(value: object, step: str) -> Iterable[tuple[Step, object]]:
    if isinstance(value, list) and step == "*":
        return enumerate(cast("list[object]", value))
    if not isinstance(value, dict):
        return ()
    mapping = cast("dict[str, object]", value)
    if step == "*":
        return mapping.items()
    return [(step, mapping[step])] if step in mapping else ()


def join(at: list[Step], where: str) -> str:
    return f"{place(at)}.{where}".strip(".")


@cache
def compiled(form: Form) -> Draft202012Validator:
    branches = [shaped(discord().components[name], form) for name in form.components]
    return discord().compile(branches[0] if len(branches) == 1 else {"oneOf": branches})


def shaped(component: Schema, form: Form) -> Schema:
    """The component as the gateway sends it."""
    required = component["required"] if form.required is None else list(form.required)
    return component | {"properties": component["properties"] | dict(form.more), "required": required}
