"""This room is the state of the local Discord: users, guilds, channels and messages; nothing here speaks JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from .errors import Json
from .permissions import EVERYONE, VIEW_CHANNEL, granted
from .snowflakes import Snowflakes

TEXT, DM, THREAD = 0, 1, 11
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15

Observer = Callable[[str, "Guild | Channel | Role | Member | StoredMessage"], None]


@dataclass(eq=False, slots=True)
class User:
    id: int
    name: str
    display_name: str
    bot: bool = False
    locale: str = "en-US"
    dms_open: bool = True
    installed: bool = False
    """Whether this user has installed the app for themselves (Application, "Installation Context")."""


@dataclass(eq=False, slots=True)
class Role:
    id: int
    name: str
    guild: "Guild"
    permissions: int
    position: int = 0
    managed: bool = False


@dataclass(eq=False, slots=True)
class Member:
    user: User
    guild: "Guild"
    joined_at: float
    roles: list[Role] = field(default_factory=list[Role])

    def permissions(self, channel: "Channel | None" = None) -> int:
        return granted(self, channel)


@dataclass(eq=False, slots=True)
class StoredMessage:
    """A message as it stands; `raw` is replaced on every edit, never changed, so it may be handed out."""

    id: int
    channel: "Channel"
    raw: Json
    viewer: int | None = None
    """The only user who sees it, where it is ephemeral."""
    token: str | None = None
    """The interaction token whose holder may edit it through the webhook routes."""
    deleted: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict[str, list[int]])
    """Emoji → ids of those who reacted with it, in their order."""
    pinned_at: float = 0.0


@dataclass(eq=False, slots=True)
class Channel:
    id: int
    name: str
    world: "World"
    kind: int = TEXT
    guild: "Guild | None" = None
    parent: "Channel | None" = None
    recipient: User | None = None
    nsfw: bool = False
    topic: str | None = None
    position: int = 0
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """Role or user id → permissions allowed and denied here."""
    messages: dict[int, StoredMessage] = field(default_factory=dict[int, StoredMessage])
    last_message_id: int | None = None

    @property
    def age_restricted(self) -> bool:
        """A thread is as its parent is, though no payload of the thread says so."""
        return self.parent.nsfw if self.parent else self.nsfw

    def thread(self, name: str) -> "Channel":
        """The public thread of that name under this channel; it is started when there is none."""
        if self.guild is None:
            raise ValueError(f"A thread cannot be started in {self.name}: it is no channel of a guild.")
        for known in self.guild.threads:
            if known.parent is self and known.name == name:
                return known
        thread = self.world.new_channel(name, kind=THREAD, guild=self.guild, parent=self)
        self.guild.threads.append(thread)
        self.world.notify("THREAD_CREATE", thread)
        return thread

    def hide(self, everyone_denied: int = VIEW_CHANNEL) -> None:
        """Takes permissions (by default, to see it at all) from everybody but those who have an overwrite."""
        assert self.guild is not None
        self.overwrites[self.guild.everyone.id] = (0, everyone_denied)
        self.world.notify("CHANNEL_UPDATE", self)

    def restrict(self, *, nsfw: bool) -> None:
        """Makes the channel age-restricted, or an ordinary one again."""
        self.nsfw = nsfw
        self.world.notify("CHANNEL_UPDATE", self)


@dataclass(eq=False, slots=True)
class Guild:
    id: int
    name: str
    world: "World"
    owner: User
    joined_at: float
    has_bot: bool = True
    locale: str = "en-US"
    roles: list[Role] = field(default_factory=list[Role])
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    channels: list[Channel] = field(default_factory=list[Channel])
    threads: list[Channel] = field(default_factory=list[Channel])

    @property
    def everyone(self) -> Role:
        return self.roles[0]

    def channel(self, name: str, *, nsfw: bool = False, topic: str | None = None) -> Channel:
        """The text channel of that name; it is made when there is none."""
        for known in self.channels:
            if known.name == name:
                return known
        channel = self.world.new_channel(name, guild=self, nsfw=nsfw, topic=topic, position=len(self.channels))
        self.channels.append(channel)
        self.world.notify("CHANNEL_CREATE", channel)
        return channel

    def role(self, name: str, permissions: int = 0, *, managed: bool = False) -> Role:
        """The role of that name; it is made when there is none."""
        for known in self.roles:
            if known.name == name:
                return known
        role = Role(self.world.ids.next(), name, self, permissions, len(self.roles), managed)
        self.roles.append(role)
        self._tell("GUILD_ROLE_CREATE", role)
        return role

    def welcome(self, user: User, permissions: int = 0, *, ago: float = 0.0) -> Member:
        """Makes `user` a member, `ago` seconds ago; permissions beyond everybody's come with a role of their name."""
        member = self.members.get(user.id)
        if member is None:
            member = self.members[user.id] = Member(user, self, self.world.now() - ago)
            self._tell("GUILD_MEMBER_ADD", member)
        if permissions:
            self._grant(member, permissions)
        return member

    def expel_bot(self) -> None:
        """Takes the bot out of the guild, as whoever manages it may."""
        self.has_bot = False
        self.members.pop(self.world.bot.id, None)
        self.world.notify("GUILD_DELETE", self)

    def readmit_bot(self, permissions: int = 0) -> None:
        """Invites the bot again."""
        self.has_bot = True
        self.welcome(self.world.bot, permissions)
        self.world.notify("GUILD_CREATE", self)

    def _tell(self, event: str, subject: "Role | Member") -> None:
        """While the guild is being made nobody hears of its parts."""
        if self.id in self.world.guilds:
            self.world.notify(event, subject)

    def _grant(self, member: Member, permissions: int) -> None:
        role = self.role(member.user.name, permissions, managed=member.user.bot)
        role.permissions = permissions
        if role not in member.roles:
            member.roles.append(role)


class World:
    """Everything there is, with an index by id for each kind of thing."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.ids = Snowflakes(now)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.observers: list[Observer] = []
        self._dms: dict[int, Channel] = {}
        self.bot = self.new_user("talker", "Talker", bot=True)

    def notify(self, event: str, subject: "Guild | Channel | Role | Member | StoredMessage") -> None:
        for observer in self.observers:
            observer(event, subject)

    def new_user(self, name: str, display_name: str, *, bot: bool = False, age: float = 0.0) -> User:
        """`age` in seconds; the id tells when the account was made, as everybody can read from it."""
        user = User(self.ids.at(self.now() - age) if age else self.ids.next(), name, display_name, bot)
        self.users[user.id] = user
        return user

    def new_guild(self, name: str, *, has_bot: bool, bot_permissions: int) -> Guild:
        owner = self.new_user(f"{name.lower().replace(' ', '_')}_owner"[:32], "Owner")
        guild = Guild(self.ids.next(), name, self, owner, self.now(), has_bot)
        guild.roles.append(Role(guild.id, "@everyone", guild, EVERYONE))
        guild.welcome(owner)
        if has_bot:
            guild.welcome(self.bot, bot_permissions)
        self.guilds[guild.id] = guild
        self.notify("GUILD_CREATE", guild)
        return guild

    def new_channel(
        self,
        name: str,
        *,
        kind: Literal[0, 1, 11] = TEXT,
        guild: Guild | None = None,
        parent: Channel | None = None,
        recipient: User | None = None,
        nsfw: bool = False,
        topic: str | None = None,
        position: int = 0,
    ) -> Channel:
        channel = Channel(self.ids.next(), name, self, kind, guild, parent, recipient, nsfw, topic, position)
        self.channels[channel.id] = channel
        return channel

    def dm(self, user: User) -> Channel:
        """The bot's one DM channel with `user`; opening it again gives the same one."""
        channel = self._dms.get(user.id)
        if channel is None:
            channel = self._dms[user.id] = self.new_channel(user.name, kind=DM, recipient=user)
            self.notify("CHANNEL_CREATE", channel)
        return channel

    def known_dm(self, user: User) -> Channel | None:
        return self._dms.get(user.id)

    def mutual_guilds(self, user: User) -> list[Guild]:
        return [guild for guild in self.guilds.values() if guild.has_bot and user.id in guild.members]

    def add(self, message: StoredMessage) -> None:
        message.channel.messages[message.id] = message
        if message.viewer is None:
            message.channel.last_message_id = message.id
        self.notify("MESSAGE_CREATE", message)

    def edit(self, message: StoredMessage, changes: Json) -> None:
        message.raw = {**message.raw, **changes}
        self.notify("MESSAGE_UPDATE", message)

    def mark(self, message: StoredMessage, changes: Json) -> None:
        """A reaction or a pin: those who look on see it, and the bot hears of it by an event of its own."""
        message.raw = {**message.raw, **changes}
        self.notify("MESSAGE_MARKED", message)

    def delete(self, message: StoredMessage) -> None:
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        self.notify("MESSAGE_DELETE", message)
