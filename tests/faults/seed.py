"""This room lets one seed happen, from the first start to the verdict."""

import asyncio
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.sandbox import Sandbox, nonces
from tests.faults import evidence
from tests.faults.bots import DATABASE, HURRIED, HURRIED_SETTINGS, BotEnded, Bots
from tests.faults.checker import heads, violations
from tests.faults.crowd import AUTHORS, PAGES, Crowd, title
from tests.faults.history import History, Row
from tests.faults.plan import Plan, draw
from tests.faults.pulse import MARGIN, Pulse
from tests.faults.start import JUMP
from tests.faults.strokes import Hand
from tests.faults.weather import Sky, Tide, Weather

AGAIN = 2
"""How often a seed is let happen again where it found something on a machine that was too busy."""
STORM = 2.2
"""Seconds in which things go wrong."""
CALM = 10.0
"""Seconds that letters get afterwards, on the slowest machine; most need a fraction of one."""
PATIENCE = 60.0
"""Seconds after which a seed has failed, on the slowest machine."""
MINDING = 0.5
"""Seconds in which a bot whose clock was just set right has noticed."""
LOOK = 0.05
"""Seconds between two looks at whether all letters have settled."""
NONCES = 3.0
"""Seconds for which the local Discord remembers a nonce: twice what the hurried bot relies on."""
THINKING = 1.5
"""Seconds that a person waits for what "is thinking…" promised."""


@dataclass(slots=True)
class Verdict:
    """What a seed gave."""

    seed: int
    violations: list[str]
    strokes: list[str]
    figures: Counter[str] = field(default_factory=Counter[str])
    seconds: float = 0.0
    waited: float = 0.0
    """The longest that anybody waited for a processor within a second."""
    again: int = 0
    """How often it was let happen again, on a machine that was too busy."""
    log: list[str] = field(default_factory=list[str])
    """What the processes logged; kept where something is wrong."""

    def report(self) -> dict[str, Any]:
        return {**asdict(replace(self, figures=Counter())), "figures": dict(self.figures)}


def judge(seed: int, mutant: str | None = None) -> Verdict:
    """`run` in a loop of its own: a process of a pool has none. A machine that was too busy has to find it again."""
    verdict = asyncio.run(run(seed, mutant))
    for again in range(1, AGAIN + 1):
        if mutant or not verdict.violations or verdict.waited <= MARGIN:
            break
        verdict = asyncio.run(run(seed, mutant))
        verdict.again = again
    return verdict


async def run(seed: int, mutant: str | None = None) -> Verdict:
    """Lets a seed happen and judges it; `mutant` names what is taken out of the bot."""
    began = time.monotonic()
    nonces.REMEMBERED = NONCES
    plan = draw(seed, STORM)
    verdict = Verdict(seed, [], [f"{stroke.at:.2f} {stroke.kind}" for stroke in plan.strokes])
    with tempfile.TemporaryDirectory(prefix="talebearer-faults-") as name:
        async with Sandbox.start() as sandbox:
            scene = await _set(plan, sandbox, Path(name), mutant)
            try:
                async with asyncio.timeout(PATIENCE):
                    await scene.happens()
            except* (BotEnded, TimeoutError) as ends:
                verdict.violations = [f"dead: {type(end).__name__}: {end}" for end in ends.exceptions]
            history = scene.history()
    verdict.waited = scene.pulse.longest
    verdict.violations += violations(history)
    verdict.figures = figures(history)
    verdict.seconds = time.monotonic() - began
    if verdict.violations:
        verdict.log = list(scene.bots.log)
    return verdict


@dataclass(slots=True)
class Scene:
    """A seed's local Discord with everything on it."""

    sandbox: Sandbox
    path: Path
    weather: Weather
    tide: Tide
    bots: Bots
    crowd: Crowd
    hand: Hand
    pulse: Pulse
    end: float = 0.0

    async def happens(self) -> None:
        beating = asyncio.create_task(self.pulse.beats())
        try:
            await self.bots.start()
            await self._storm()
            self.end = self.sandbox.backend.now()
            await self.bots.stop()
        finally:
            beating.cancel()
            await self.bots.close()

    async def _storm(self) -> None:
        """Whoever waits for an answer at its end waits on while letters settle."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.crowd.lives())
            asyncio.get_running_loop().call_later(STORM, self.crowd.rests)
            self.weather.sky = Sky.STORMY
            await asyncio.gather(self.hand.falls(), asyncio.sleep(STORM))
            self.weather.sky = Sky.CLEAR
            await self._calm()
        await self._calm()  # what the last of the crowd has written

    async def _calm(self) -> None:
        """Until every letter has settled, or what is left is nobody's turn."""
        began = time.monotonic()
        # A loop that looks, as the database is another process's.
        while (calm := time.monotonic() - began) < CALM and self._is_due(JUMP if calm < MINDING else 0.0):  # noqa: ASYNC110
            await asyncio.sleep(LOOK)

    def _is_due(self, ahead: float) -> bool:
        """`ahead`: by so much the clock may have been set that letters were planned by."""
        by = self.sandbox.backend.now() + ahead
        return any(row.state == "leased" or (row.due_at or 0.0) < by for row in heads(self._rows()))

    def _rows(self) -> list[Row]:
        return evidence.rows(self.path, {person.id: person.name for person in self.crowd.people})

    def history(self) -> History:
        return History(
            acts=evidence.acts(self.sandbox, self.weather),
            presences=self.bots.presences,
            rows=self._rows(),
            arrivals=list(evidence.arrivals(self.crowd.people)),
            changes=evidence.changes(self.path),
            throttled=self.tide.throttled,
            disturbed=[*self.weather.disturbed, *self.bots.started],
            end=self.end or self.sandbox.backend.now(),
        )


async def _set(plan: Plan, sandbox: Sandbox, folder: Path, mutant: str | None) -> Scene:
    now = sandbox.backend.now
    sandbox.backend.interactions.patience = THINKING
    sandbox.backend.faults = weather = Weather(plan, now)
    sandbox.backend.buckets = tide = Tide(weather, now)
    guild = sandbox.guild("Story Circle")
    guild.channel("reading-room")
    crowd = Crowd(plan, sandbox, guild)
    path = folder / DATABASE
    stories = {title(name): author for name, author in zip(AUTHORS, crowd.authors, strict=True)}
    await evidence.prepare(path, stories, PAGES)
    options = ("--slow-disk",) * plan.slow_disk + (("--mutant", mutant) if mutant else ())
    bots = Bots(sandbox, folder, now, (*HURRIED, *options), HURRIED_SETTINGS)
    hand = Hand(plan, sandbox, bots, weather, crowd.authors, time.monotonic)
    return Scene(sandbox, path, weather, tide, bots, crowd, hand, Pulse(bots))


def figures(history: History) -> Counter[str]:
    """What was seen, to be summed over seeds."""
    states = Counter(f"letters {row.state}" for row in history.rows)
    return states + Counter({
        "interactions": len(history.acts),
        "interactions answered": sum(act.words is not None for act in history.acts),
        "letters acknowledged": sum(act.kept for act in history.acts),
        "letters stored": len(history.rows),
        "letters arrived": len(history.arrivals),
        "requests made to fail": len(history.disturbed),
        "429 of Discord's own": len(history.throttled),
        "processes": len(history.presences),
    })  # fmt: skip
