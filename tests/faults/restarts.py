"""This room restarts the bot under load: `python -m tests.faults.restarts --times 20`.

The people press and write twenty times a second, whether anybody answers or not. The next process goes on with the
session of the last one: whoever acted in between is answered by it while their interaction is young.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from typing import Any

from rich.console import Console

from bot.sandbox import CommandRefused, Exchange, Message, Person, Sandbox, Unanswered
from tests.faults import evidence
from tests.faults.bots import DATABASE, PATIENCE, PLAIN, Bots
from tests.faults.checker import FIRST_ANSWER, IN_TIME, is_owed, stored
from tests.faults.crowd import AUTHORS, PAGES, title
from tests.faults.history import Act, History, mark
from tests.faults.plan import draw
from tests.faults.weather import Weather

PEOPLE = 70
"""So many that one is always free: who is not answered waits for three seconds."""
EVERY = 0.05
"""Seconds between two acts of theirs."""
BETWEEN = 0.4
"""Seconds from a process's first answer to its end."""
GAP = 2.0
"""Seconds within which the next process has to answer."""
NO_FAULTS = draw(0, 1.0)


@dataclass(slots=True)
class Outcome:
    """What became of everybody who acted."""

    restarts: int
    resumed: int
    acts: int
    unanswered: list[str] = field(default_factory=list[str])
    """Of those who were owed an answer."""
    too_old: int = 0
    """Acts that nobody read in time."""
    twice: list[str] = field(default_factory=list[str])
    gaps: list[float] = field(default_factory=list[float])
    """Seconds from each process's last moment at the gateway to the next one's first answer."""

    def report(self) -> dict[str, Any]:
        return {
            "restarts": self.restarts,
            "sessions resumed": self.resumed,
            "interactions": self.acts,
            "unanswered though young": self.unanswered,
            "too old when read": self.too_old,
            "with two effects": self.twice,
            "longest gap, s": max(self.gaps, default=0.0),
            "median gap, s": sorted(self.gaps)[len(self.gaps) // 2] if self.gaps else 0.0,
        }


End = Callable[[Bots], Awaitable[object]]
ENDS: dict[str, End] = {"SIGKILL": Bots.kill, "SIGTERM": Bots.stop}


class Throng:
    """People who turn pages and send letters, at a steady pace."""

    def __init__(self, sandbox: Sandbox) -> None:
        guild = sandbox.guild("Story Circle")
        guild.channel("reading-room")
        self.author = sandbox.person(AUTHORS[0].lower(), display_name=AUTHORS[0], guild=guild)
        self._people = [sandbox.person(f"reader-{number}", guild=guild) for number in range(PEOPLE)]
        self._numbers = count(1)
        self._busy: set[Person] = set()

    async def opens(self) -> None:
        """Everybody opens the story, and every other one the form for a letter."""
        for person in self._people:
            await person.runs("/read", story=title(AUTHORS[0]))
        for person in self._people[::2]:
            await person.runs("/feedback", story=title(AUTHORS[0]))

    async def acts(self) -> None:
        """Until it is cancelled, and whoever has acted has been answered or has given up."""
        async with asyncio.TaskGroup() as group:
            try:
                for person in cycle(self._people):
                    await asyncio.sleep(EVERY)
                    if person not in self._busy:
                        self._busy.add(person)
                        group.create_task(self._act(person))
            except asyncio.CancelledError:
                return

    async def _act(self, person: Person) -> None:
        try:
            if person.modal is not None:
                await person.submits(Comments=f"{mark(next(self._numbers))} Lovely.")
            else:
                await _turns(person)
        except (Unanswered, CommandRefused):
            person.dismisses_form()
        finally:
            self._busy.discard(person)


async def _turns(person: Person) -> None:
    page = next(
        message for message in reversed(person.sees()) if "Next" in message.buttons or "First" in message.buttons
    )
    assert isinstance(page, Message)
    try:
        await person.clicks("Next", message=page)
    except CommandRefused:  # it is greyed out: this is the last one
        await person.clicks("First", message=page)


async def restarts(times: int, end: End) -> Outcome:
    """Ends the bot so often under load, and starts it again at once each time."""
    with tempfile.TemporaryDirectory(prefix="talebearer-faults-") as name:
        async with Sandbox.start() as sandbox:
            throng = Throng(sandbox)
            await evidence.prepare(Path(name) / DATABASE, {title(AUTHORS[0]): throng.author}, PAGES)
            bots = Bots(sandbox, Path(name), sandbox.backend.now, command=PLAIN)
            try:
                return await _under_load(times, end, sandbox, throng, bots, Path(name) / DATABASE)
            finally:
                await bots.close()


async def _under_load(times: int, end: End, sandbox: Sandbox, throng: Throng, bots: Bots, path: Path) -> Outcome:
    await bots.start()
    await throng.opens()
    acting = asyncio.create_task(throng.acts())
    gaps = [await _restart(end, sandbox, bots) for _ in range(times)]
    await asyncio.sleep(BETWEEN)
    acting.cancel()
    await acting
    await bots.stop()
    weather = Weather(NO_FAULTS, sandbox.backend.now)
    history = History(
        acts=evidence.acts(sandbox, weather),
        presences=bots.presences,
        rows=evidence.rows(path, {throng.author.id: throng.author.name}),
    )
    return _judged(history, times, gaps, sandbox)


async def _restart(end: End, sandbox: Sandbox, bots: Bots) -> float:
    """Seconds from the end of one process to the first answer of the next."""
    await asyncio.sleep(BETWEEN)
    began = time.monotonic()
    await end(bots)
    answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def listen(exchange: Exchange) -> None:
        if exchange.path.endswith("/callback") and exchange.status in (200, 204) and not answered.done():
            answered.set_result(time.monotonic() - began)

    sandbox.listeners.append(listen)
    await bots.start()
    async with asyncio.timeout(PATIENCE):
        gap = await answered
    sandbox.listeners.remove(listen)
    return gap


def _judged(history: History, times: int, gaps: list[float], sandbox: Sandbox) -> Outcome:
    silent = [act for act in history.acts if act.words is None]
    outcome = Outcome(times, sum(presence.resumed for presence in history.presences), len(history.acts), gaps=gaps)
    for act in silent:
        if is_owed(act, history.presences):
            outcome.unanswered.append(f"{act.what} of {act.person} at {act.at:.3f}")
        else:
            outcome.too_old += _was_left(act, history)
    outcome.twice = [*stored(history), *_answered_twice(sandbox)]
    return outcome


def _was_left(act: Act, history: History) -> bool:
    """Whether no process could have answered it: the next one came too late."""
    after = [presence.start for presence in history.presences if presence.start > act.at]
    return not after or min(after) - act.at > min(IN_TIME, FIRST_ANSWER)


def _answered_twice(sandbox: Sandbox) -> list[str]:
    """Interactions that more than one answer was accepted for."""
    paths = [exchange.path for exchange in sandbox.exchanges if exchange.status in (200, 204)]
    answers = [path for path in paths if path.startswith("/interactions/")]
    return [f"{path.split('/')[2]} was answered twice" for path in set(answers) if answers.count(path) > 1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.restarts", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="how often each way (default: %(default)s)")
    times = parser.parse_args().times
    outcomes = {name: asyncio.run(restarts(times, end)) for name, end in ENDS.items()}
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(json.dumps({name: outcome.report() for name, outcome in outcomes.items()}, indent=2))
    return int(any(outcome.unanswered or outcome.twice for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
