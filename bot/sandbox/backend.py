"""This room puts the parts of the local Discord together, for those who serve it."""

import asyncio
import secrets
import time
from collections.abc import Callable

from .announcing import Announcer
from .attachments import Attachments
from .buckets import Buckets
from .callbacks import Callbacks
from .commands import Commands
from .faults import Faults
from .gateway import Gateway
from .interactions import Interactions
from .messages import Composer
from .nonces import Nonces
from .overwrites import Overwrites
from .reactions import Pins, Reactions
from .records import Records
from .watching import Watchers
from .world import World


class Backend:
    """One bot's Discord: its world, and everything that changes it."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._ahead = 0.0
        self.token = f"sandbox.{secrets.token_urlsafe(32)}"
        self.world = World(self.now)
        self.application_id = self.world.bot.id
        self.application_name = "Talker"
        self.records = Records()
        self.watchers = Watchers()
        self.faults = Faults()
        self.buckets = Buckets(self.now)
        self.nonces = Nonces(self.now)
        self.attachments = Attachments(self.world.ids, self.now)
        self.commands = Commands(self.world.ids, self.now, self.application_id)
        self.overwrites = Overwrites(self.application_id)
        self.gateway = Gateway(self.world, self.records, self.now, self.token)
        self.interactions = Interactions(self.world, self.gateway.dispatch, self.watchers, self.application_id)
        self.composer = Composer(self.world, self.attachments)
        self.callbacks = Callbacks(self.world, self.interactions, self.composer, self.watchers)
        self.reactions = Reactions(self.world, self.gateway.dispatch)
        self.pins = Pins(self.world, self.gateway.dispatch)
        self.dm_refusal: int | None = None
        """The code that opening a DM channel is refused with for now: 40003 or 20026."""
        self.synced = asyncio.Event()
        self.commands.on_change.append(self.synced.set)
        self.announcer = Announcer(self.world, self.gateway, self.watchers)
        self.world.observers.append(self.announcer)

    def now(self) -> float:
        """Seconds since 1970, by the clock given and what has been added to it."""
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
        self.interactions.look_at_the_clock()
