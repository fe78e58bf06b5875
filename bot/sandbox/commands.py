"""This room keeps the commands a bot has registered (Interactions, "Application Commands")."""

from collections import deque
from collections.abc import Callable

from .command_limits import CHAT_INPUT, MOST, check_command, check_unique
from .drawing import items
from .errors import Json, Refusal, Unchecked
from .problems import Problems
from .snowflakes import Snowflakes

CREATES, DAY = 200, 86_400.0
Scope = int | None
"""A guild's id, or None for global commands."""

OPTION_KEYS = (
    "name_localizations",
    "description_localizations",
    "required",
    "autocomplete",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
)


class Commands:
    """Commands by scope and id, in the order they were registered."""

    def __init__(self, ids: Snowflakes, now: Callable[[], float], application_id: int) -> None:
        self._ids = ids
        self._now = now
        self._application_id = str(application_id)
        self._scopes: dict[Scope, dict[str, Json]] = {}
        self._created: dict[Scope, deque[float]] = {}
        self.on_change: list[Callable[[], None]] = []

    def all(self, scope: Scope = None) -> list[Json]:
        return list(self._scopes.get(scope, {}).values())

    def get(self, scope: Scope, command_id: str) -> Json:
        command = self._scopes.get(scope, {}).get(command_id)
        if command is None:
            raise Refusal(10063)
        return command

    def find(self, guild_id: int, command_id: str) -> Json:
        """A command that is used in the guild, be it the guild's own or a global one."""
        known = (command for command in self.offered(guild_id) if command["id"] == command_id)
        command = next(known, None)
        if command is None:
            raise Refusal(10063)
        return command

    def named(self, guild_id: int, name: str) -> Json:
        """By its first word ("/desk"); a menu by its whole name."""
        for command in self.offered(guild_id):
            if command["name"] == (name[1:] if command["type"] == CHAT_INPUT else name):
                return command
        raise KeyError(name)

    def offered(self, guild_id: int | None) -> list[Json]:
        """What there is in a guild, its own commands before the global ones, or in a DM."""
        return (self.all(guild_id) if guild_id is not None else []) + self.all()

    def overwrite(self, scope: Scope, sent: list[Json]) -> list[Json]:
        """Takes the place of everything registered; a command whose name was there keeps its id."""
        problems = Problems()
        for index, command in enumerate(sent):
            check_command(command, problems, (index,))
        check_unique(sent, problems)
        problems.refuse()
        _refuse_too_many(sent)
        known = {_key(command): command for command in self.all(scope)}
        self._count_creates(scope, sum(_key(command) not in known for command in sent))
        drawn = [self._drawn(scope, command, known.get(_key(command))) for command in sent]
        self._scopes[scope] = {command["id"]: command for command in drawn}
        self._changed()
        return drawn

    def create(self, scope: Scope, sent: Json) -> tuple[Json, bool]:
        """The command, and whether it is new; one of the same name and kind is replaced."""
        problems = Problems()
        check_command(sent, problems)
        problems.refuse()
        known = next((command for command in self.all(scope) if _key(command) == _key(sent)), None)
        if known is None:
            _refuse_too_many([*self.all(scope), sent])
            self._count_creates(scope, 1)
        return self._keep(scope, self._drawn(scope, sent, known)), known is None

    def edit(self, scope: Scope, command_id: str, sent: Json) -> Json:
        known = self.get(scope, command_id)
        merged = known | sent
        problems = Problems()
        check_command(merged, problems)
        problems.refuse()
        return self._keep(scope, self._drawn(scope, merged, known))

    def delete(self, scope: Scope, command_id: str) -> None:
        self.get(scope, command_id)
        del self._scopes[scope][command_id]
        self._changed()

    def _keep(self, scope: Scope, command: Json) -> Json:
        self._scopes.setdefault(scope, {})[command["id"]] = command
        self._changed()
        return command

    def _changed(self) -> None:
        for listener in self.on_change:
            listener()

    def _count_creates(self, scope: Scope, count: int) -> None:
        created, now = self._created.setdefault(scope, deque()), self._now()
        while created and created[0] <= now - DAY:
            created.popleft()
        if len(created) + count > CREATES:
            raise Refusal(30034)
        created.extend([now] * count)

    def _drawn(self, scope: Scope, sent: Json, known: Json | None) -> Json:
        permissions = sent.get("default_member_permissions")
        drawn: Json = {
            "id": known["id"] if known else str(self._ids.next()),
            "application_id": self._application_id,
            "version": str(self._ids.next()),
            "default_member_permissions": None if permissions is None else str(permissions),
            "type": sent.get("type") or CHAT_INPUT,
            "name": sent["name"],
            "name_localizations": sent.get("name_localizations"),
            "description": sent.get("description") or "",
            "description_localizations": sent.get("description_localizations"),
            "integration_types": sent.get("integration_types") or [0],
            "nsfw": bool(sent.get("nsfw")),
        }
        if scope is None:
            drawn |= {"contexts": sent.get("contexts"), "dm_permission": sent.get("dm_permission") is not False}
        else:
            drawn |= {"contexts": None, "guild_id": str(scope)}
        if sent.get("options"):
            drawn["options"] = [_option(option) for option in items(sent["options"])]
        return drawn


def _key(command: Json) -> tuple[int, Unchecked]:
    return command.get("type") or CHAT_INPUT, command.get("name")


def _refuse_too_many(commands: list[Json]) -> None:
    for kind, most in MOST.items():
        if sum(_key(command)[0] == kind for command in commands) > most:
            raise Refusal(30032, message=f"Maximum number of application commands reached ({most}).")


def _option(sent: Json) -> Json:
    drawn: Json = {"type": sent["type"], "name": sent["name"], "description": sent["description"]}
    drawn |= {key: sent[key] for key in OPTION_KEYS if sent.get(key) is not None}
    if sent.get("choices"):
        drawn["choices"] = [{"name": choice["name"], "value": choice["value"]} for choice in items(sent["choices"])]
    if sent["type"] in (1, 2):
        drawn["options"] = [_option(option) for option in items(sent.get("options"))]
    return drawn
