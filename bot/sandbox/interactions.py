"""This room is the life of an interaction: asked, acknowledged once within 3 s, edited for 15 min."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from . import payloads
from .errors import Json, Refusal, Unanswered, Unchecked
from .limits import ATTACHMENT_SIZE
from .permissions import EVERYONE
from .screens import Message, Modal
from .watching import Change, Watchers
from .world import DM, Channel, StoredMessage, User, World

SUBCOMMAND, GROUP = 1, 2
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
FIRST_ANSWER, TOKEN_LIFE = 3.0, 900.0  # seconds (Interactions, "Receiving and Responding")

Outcome = Message | Modal | list[Json]


@dataclass(eq=False)
class Interaction:
    """What one person did, and what has become of it."""

    id: int
    token: str
    kind: int
    user: User
    channel: Channel
    data: Json
    created: float
    owners: Json
    command: Json | None = None
    source: StoredMessage | None = None
    """The message a component is on, or the one the form's button was on."""
    cause: "Interaction | None" = None
    """The interaction that opened the form."""
    acknowledged: int | None = None
    original: StoredMessage | None = None
    loading: bool = False
    followups: int = 0
    failed: bool = False
    outcome: asyncio.Future[Outcome] = field(default_factory=asyncio.Future[Outcome])
    timer: asyncio.TimerHandle | None = None

    def settle(self, outcome: Outcome) -> None:
        """The person sees an answer."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        if not self.outcome.done():
            self.outcome.set_result(outcome)

    @property
    def name(self) -> str:
        """The command's name with those of its group and subcommand, as `message.interaction` has it."""
        words, options = [self.data["name"]], self.data.get("options")
        while options and options[0]["type"] in (SUBCOMMAND, GROUP):
            words.append(options[0]["name"])
            options = options[0].get("options")
        return " ".join(words)

    def metadata(self) -> Json:
        """The `interaction_metadata` of messages that answer this."""
        drawn: Json = {
            "id": str(self.id),
            "type": self.kind,
            "user": payloads.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        drawn |= _target(self.data)
        if self.kind == COMPONENT and self.source is not None:
            drawn["interacted_message_id"] = str(self.source.id)
        if self.kind == MODAL_SUBMIT and self.cause is not None:
            drawn["triggering_interaction_metadata"] = self.cause.metadata()
        return drawn


class Interactions:
    """Opens interactions, times them, and finds them again by token."""

    def __init__(
        self,
        world: World,
        dispatch: Callable[[str, Json, int | None], None],
        watchers: Watchers,
        application_id: int,
    ) -> None:
        self.patience = 15.0
        """Seconds a person waits for what a deferral promised."""
        self._world = world
        self._dispatch = dispatch
        self._watchers = watchers
        self._application_id = str(application_id)
        self._by_token: dict[str, Interaction] = {}

    def open(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Json,
        *,
        command: Json | None = None,
        source: StoredMessage | None = None,
        cause: Interaction | None = None,
    ) -> Interaction:
        self._forget_old()
        owners = _owners(user, channel, command or (cause.command if cause else None))
        interaction = Interaction(
            self._world.ids.next(),
            secrets.token_urlsafe(90),
            kind,
            user,
            channel,
            data,
            self._world.now(),
            owners,
            command,
            source,
            cause,
        )
        self._by_token[interaction.token] = interaction
        interaction.timer = asyncio.get_running_loop().call_later(FIRST_ANSWER, self._fail, interaction)
        guild_id = channel.guild.id if channel.guild else None
        self._dispatch("INTERACTION_CREATE", self._payload(interaction), guild_id)
        return interaction

    def _fail(self, interaction: Interaction) -> None:
        """Nobody answered within three seconds, or what was promised never came."""
        if interaction.outcome.done():
            return
        if interaction.timer is not None:
            interaction.timer.cancel()
        interaction.failed = interaction.acknowledged is None
        reason = "did not acknowledge it within 3 s" if interaction.failed else "deferred it and then said nothing"
        what = interaction.data.get("name") or interaction.data.get("custom_id")
        interaction.outcome.set_exception(Unanswered(f"Interaction failed: the bot {reason} ({what})."))
        self._watchers.tell(interaction.user.id, Change("failed", interaction.channel))

    def look_at_the_clock(self) -> None:
        """Fails at once what is overdue; for clocks that do not run by themselves."""
        now = self._world.now()
        for interaction in list(self._by_token.values()):
            if interaction.acknowledged is None and now - interaction.created > FIRST_ANSWER:
                self._fail(interaction)

    def wait_longer(self, interaction: Interaction) -> None:
        """It has been acknowledged, and its answer is still to come."""
        if interaction.timer is not None:
            interaction.timer.cancel()
        loop = asyncio.get_running_loop()
        interaction.timer = loop.call_later(self.patience, self._fail, interaction)

    def close(self) -> None:
        for interaction in self._by_token.values():
            if interaction.timer is not None:
                interaction.timer.cancel()

    def _forget_old(self) -> None:
        now = self._world.now()
        while self._by_token:
            token, oldest = next(iter(self._by_token.items()))
            if now - oldest.created <= TOKEN_LIFE:
                return
            del self._by_token[token]

    def to_answer(self, interaction_id: str, token: str) -> Interaction:
        """The interaction, if it can be acknowledged now."""
        interaction = self._by_token.get(token)
        if interaction is None or str(interaction.id) != interaction_id:
            raise Refusal(10062)
        if interaction.acknowledged is not None:
            raise Refusal(40060)
        if interaction.failed or self._world.now() - interaction.created > FIRST_ANSWER:
            raise Refusal(10062)
        return interaction

    def by_token(self, token: str) -> Interaction:
        """The interaction whose webhook this is; it exists once the interaction has been acknowledged."""
        interaction = self._by_token.get(token)
        if interaction is not None and self._world.now() - interaction.created > TOKEN_LIFE:
            raise Refusal(50027)
        if interaction is None or interaction.acknowledged in (None, 8):
            raise Refusal(10015)
        return interaction

    def _payload(self, interaction: Interaction) -> Json:
        channel, user = interaction.channel, interaction.user
        drawn: Json = {
            "id": str(interaction.id),
            "application_id": self._application_id,
            "type": interaction.kind,
            "token": interaction.token,
            "version": 1,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "locale": user.locale,
            "entitlements": [],
            "authorizing_integration_owners": interaction.owners,
            "attachment_size_limit": ATTACHMENT_SIZE,
            "context": 0 if channel.kind != DM else 1,
            "app_permissions": str(self._app_permissions(channel)),
        }
        drawn |= _where(channel, user)
        if interaction.source is not None:
            drawn["message"] = interaction.source.raw
        return drawn

    def _app_permissions(self, channel: Channel) -> int:
        member = channel.guild.members.get(self._world.bot.id) if channel.guild else None
        return member.permissions(channel) if member else EVERYONE


def _target(data: Json) -> Json:
    """What the command of a menu was used on (Message, "Application Command Interaction Metadata")."""
    target, resolved = data.get("target_id"), data.get("resolved", {})
    if target is None:
        return {}
    if target in resolved.get("messages", {}):
        return {"target_message_id": target}
    return {"target_user": resolved["users"][target]}


def _where(channel: Channel, user: User) -> Json:
    """Guild, channel and member; in a DM, the user alone."""
    if channel.guild is None:
        return {"channel": payloads.channel(channel), "user": payloads.user(user)}
    member = channel.guild.members[user.id]
    permissions = member.permissions(channel)
    return {
        "guild_id": str(channel.guild.id),
        "guild": payloads.partial_guild(channel.guild),
        "guild_locale": channel.guild.locale,
        "channel": payloads.partial_channel(channel, permissions),
        "member": payloads.member(member) | {"permissions": str(permissions)},
    }


def _owners(user: User, channel: Channel, command: Json | None) -> Json:
    """Who has installed the app so that this was possible: the guild ("0"), the user ("1"), or both."""
    kinds: list[Unchecked] = command["integration_types"] if command else [0, 1]
    owners: Json = {}
    if 0 in kinds and (channel.guild is None or channel.guild.has_bot):
        owners["0"] = str(channel.guild.id) if channel.guild else "0"
    if 1 in kinds and user.installed:
        owners["1"] = str(user.id)
    return owners
