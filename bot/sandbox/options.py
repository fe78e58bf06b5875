"""This room turns what a person types into options into what Discord sends (Receiving and Responding, "Data")."""

from collections.abc import Sequence

from . import payloads
from .attachments import Attachments, Upload
from .drawing import items
from .errors import CommandRefused, Json, Unchecked
from .world import Channel, Member, Role, StoredMessage, User, World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11
KIND_NAMES = {INTEGER: "a whole number", BOOLEAN: "true or false", NUMBER: "a number"}


class Resolved:
    """The `resolved` part of an interaction: every object its values point at."""

    def __init__(self, world: World, attachments: Attachments, channel: Channel) -> None:
        self._world = world
        self._attachments = attachments
        self._channel = channel
        self.objects: Json = {}

    def _put(self, kind: str, key: int, drawn: Json) -> str:
        self.objects.setdefault(kind, {})[str(key)] = drawn
        return str(key)

    def user(self, user: User) -> str:
        member = self._member(user)
        if member is not None:
            permissions = str(member.permissions(self._channel))
            drawn = {
                key: value for key, value in payloads.member(member).items() if key not in ("user", "mute", "deaf")
            }
            self._put("members", user.id, drawn | {"permissions": permissions})
        return self._put("users", user.id, payloads.user(user))

    def _member(self, user: User) -> Member | None:
        return self._channel.guild.members.get(user.id) if self._channel.guild else None

    def channel(self, channel: Channel) -> str:
        return self._put("channels", channel.id, payloads.partial_channel(channel, 0))

    def role(self, role: Role) -> str:
        return self._put("roles", role.id, payloads.role(role))

    def message(self, message: StoredMessage) -> str:
        return self._put("messages", message.id, message.raw)

    def file(self, name: str, content: bytes, content_type: str = "application/octet-stream") -> str:
        upload = Upload("0", name, content_type, content)
        drawn = self._attachments.keep(self._channel.id, [upload], None, ephemeral=True)[0]
        return self._put("attachments", int(drawn["id"]), drawn)

    def entity(self, value: Unchecked, kinds: tuple[type, ...], channel_types: Sequence[int] = ()) -> str:
        """The id of a user (or a person), channel or role, given as such or by id; a channel of one of the types."""
        found = self._entity(value)
        other = isinstance(found, Channel) and channel_types and found.kind not in channel_types
        if other or not isinstance(found, kinds):
            wanted = " or ".join(kind.__name__.lower() for kind in kinds)
            raise CommandRefused(f"{value!r} is no {wanted} that can be chosen here.")
        if isinstance(found, User):
            return self.user(found)
        return self.role(found) if isinstance(found, Role) else self.channel(found)

    def _entity(self, value: Unchecked) -> Unchecked:
        value = getattr(value, "user", value)
        if not isinstance(value, int):
            return value
        roles = self._channel.guild.roles if self._channel.guild else []
        named = {role.id: role for role in roles}
        return self._world.users.get(value) or self._world.channels.get(value) or named.get(value)


def fill(option: Json, value: Unchecked, resolved: Resolved) -> Json:
    """One option as it is sent, after the checks Discord's client makes."""
    filled = {"name": option["name"], "type": option["type"]}
    filled["value"] = _value(option, getattr(value, "value", value), resolved)
    return filled


def _value(option: Json, value: Unchecked, resolved: Resolved) -> Unchecked:
    kind = option["type"]
    if option.get("choices"):
        return _choice(option, value)
    if kind == STRING:
        return _string(option, value)
    if kind == BOOLEAN:
        return _checked(option, value, isinstance(value, bool))
    if kind in (INTEGER, NUMBER):
        number = int if kind == INTEGER else int | float
        return _bounded(option, value, isinstance(value, number) and not isinstance(value, bool))
    if kind == ATTACHMENT:
        return resolved.file(*value)
    kinds: dict[int, tuple[type, ...]] = {USER: (User,), CHANNEL: (Channel,), ROLE: (Role,), MENTIONABLE: (User, Role)}
    return resolved.entity(value, kinds[kind], option.get("channel_types") or ())


def _choice(option: Json, value: Unchecked) -> Unchecked:
    for choice in items(option["choices"]):
        if value in (choice["name"], choice["value"]):
            return choice["value"]
    names = ", ".join(str(choice["name"]) for choice in items(option["choices"]))
    raise CommandRefused(f"{value!r} is no choice of {option['name']}; it has {names}.")


def _string(option: Json, value: Unchecked) -> str:
    _checked(option, value, isinstance(value, str))
    low, high = option.get("min_length", 0), option.get("max_length", 6_000)
    if not low <= len(value) <= high:
        raise CommandRefused(f"{option['name']} takes {low} to {high} characters, not {len(value)}.")
    return value


def _bounded(option: Json, value: Unchecked, right_kind: bool) -> Unchecked:
    _checked(option, value, right_kind)
    low, high = option.get("min_value", -(2**53)), option.get("max_value", 2**53)
    if not low <= value <= high:
        raise CommandRefused(f"{option['name']} takes {low} to {high}, not {value}.")
    return value


def _checked(option: Json, value: Unchecked, right_kind: bool) -> Unchecked:
    if not right_kind:
        wanted = KIND_NAMES.get(option["type"], "a text")
        raise CommandRefused(f"{option['name']} takes {wanted}, not {value!r}.")
    return value


def command_options(declared: list[Json], given: dict[str, Unchecked], resolved: Resolved) -> list[Json]:
    """All options of a command in the order it declares them."""
    known = {option["name"] for option in declared}
    for name in given:
        if name not in known:
            raise CommandRefused(f"The command has no option {name!r}; it has {', '.join(sorted(known)) or 'none'}.")
    for option in declared:
        if option.get("required") and option["name"] not in given:
            raise CommandRefused(f"The option {option['name']} is required.")
    return [fill(option, given[option["name"]], resolved) for option in declared if option["name"] in given]


def typed_options(declared: list[Json], given: dict[str, Unchecked], resolved: Resolved) -> list[Json]:
    """Options as they stand while the last of `given` is being typed; that one may be anything so far."""
    focused = list(given)[-1]
    filled: list[Json] = []
    for option in declared:
        name = option["name"]
        if name == focused:
            if not option.get("autocomplete"):
                raise CommandRefused(f"The option {name} has no autocomplete.")
            filled.append({"name": name, "type": option["type"], "value": str(given[name]), "focused": True})
        elif name in given:
            filled.append(fill(option, given[name], resolved))
    if not any(option.get("focused") for option in filled):
        raise CommandRefused(f"The command has no option {focused!r}.")
    return filled
