"""This room keeps gateway sessions: what each wants to hear, and what it heard, for a resume (Gateway, "Resuming")."""

import secrets
from collections import deque
from typing import Protocol

BUFFERED = 5_000
GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
GUILD_REACTIONS, DIRECT_REACTIONS = 1 << 10, 1 << 13
PRIVILEGED = MEMBERS | PRESENCES | MESSAGE_CONTENT
KNOWN_INTENTS = (1 << 26) - 1

NEEDED: dict[str, tuple[int, int]] = {
    "GUILD_CREATE": (GUILDS, 0),
    "GUILD_UPDATE": (GUILDS, 0),
    "GUILD_DELETE": (GUILDS, 0),
    "GUILD_ROLE_CREATE": (GUILDS, 0),
    "CHANNEL_CREATE": (GUILDS, 0),
    "CHANNEL_UPDATE": (GUILDS, 0),
    "THREAD_CREATE": (GUILDS, 0),
    "GUILD_MEMBER_ADD": (MEMBERS, 0),
    "MESSAGE_CREATE": (GUILD_MESSAGES, DIRECT_MESSAGES),
    "MESSAGE_UPDATE": (GUILD_MESSAGES, DIRECT_MESSAGES),
    "MESSAGE_DELETE": (GUILD_MESSAGES, DIRECT_MESSAGES),
    "MESSAGE_REACTION_ADD": (GUILD_REACTIONS, DIRECT_REACTIONS),
    "MESSAGE_REACTION_REMOVE": (GUILD_REACTIONS, DIRECT_REACTIONS),
    "MESSAGE_REACTION_REMOVE_ALL": (GUILD_REACTIONS, DIRECT_REACTIONS),
    "MESSAGE_REACTION_REMOVE_EMOJI": (GUILD_REACTIONS, DIRECT_REACTIONS),
    "CHANNEL_PINS_UPDATE": (GUILDS, DIRECT_MESSAGES),
}
"""Event → the intent it takes in a guild and in a DM; what is not here comes to everybody."""


class Line(Protocol):
    """The socket a session speaks through just now."""

    def send(self, payload: bytes) -> None: ...


class Session:
    """Outlives its sockets: what is dispatched while there is none waits in the buffer."""

    def __init__(self, intents: int, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.shard = shard
        self.sequence = 0
        self.buffer: deque[tuple[int, bytes]] = deque(maxlen=BUFFERED)
        self.line: Line | None = None
        self.left_at: float | None = None

    def wants(self, event: str, guild_id: int | None) -> bool:
        index, count = self.shard
        if (guild_id >> 22) % count != index if guild_id else index != 0:
            return False
        needed = NEEDED.get(event)
        return needed is None or bool(self.intents & needed[0 if guild_id else 1])

    def dispatch(self, event: str, data: bytes) -> None:
        """Numbers the event, keeps it and sends it; `data` is its JSON."""
        self.sequence += 1
        payload = b'{"t":"%s","s":%d,"op":0,"d":%s}' % (event.encode(), self.sequence, data)
        self.buffer.append((self.sequence, payload))
        if self.line is not None:
            self.line.send(payload)

    def can_resume_from(self, sequence: int) -> bool:
        first = self.buffer[0][0] if self.buffer else 1
        return first - 1 <= sequence <= self.sequence

    def replay(self, after: int = 0) -> None:
        """Sends again what came after that sequence number, as it was."""
        assert self.line is not None
        for sequence, payload in self.buffer:
            if sequence > after:
                self.line.send(payload)
