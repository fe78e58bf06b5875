"""This room measures how the readers' work grows: each hostile shape is doubled four times."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.console import Console

from bot.domain.documents import Format
from bot.domain.errors import Unreadable
from bot.formats import containers, manuscript, source
from bot.formats.containers import Aside
from tests.bench.shapes import SHAPES, Shape

SMALLEST = 65_536  # bytes of a shape before it is doubled
DOUBLINGS = 4
LINEAR = 2.6  # times the work for twice the bytes that still count as linear: caches and the collector take their share
ENOUGH = 20.0  # seconds of one reading after which a shape is given up
CHEAP = 0.02  # seconds under which a ratio says more about the clock than about the work


class Growth(NamedTuple):
    """CPU seconds of one shape at each size, smallest first; `failure` where it could not be read to the end."""

    format: str
    shape: str
    seconds: tuple[float, ...]
    failure: str = ""

    @property
    def ratios(self) -> tuple[float, ...]:
        return tuple(after / max(before, 1e-6) for before, after in zip(self.seconds, self.seconds[1:], strict=False))

    @property
    def linear(self) -> bool:
        """Judged over all doublings, so that a hiccup of the machine in one of them does not count."""
        if self.failure or len(self.seconds) <= DOUBLINGS:
            return False
        return self.seconds[-1] < CHEAP or self.seconds[-1] <= self.seconds[0] * LINEAR**DOUBLINGS


def measured(wanted: Iterable[str], smallest: int, rounds: int) -> Iterator[Growth]:
    names = set(wanted)
    for form, name, shape in SHAPES:
        if not names or name in names:
            yield growth(form, name, shape, smallest, rounds)


def growth(form: Format | None, name: str, shape: Shape, smallest: int, rounds: int) -> Growth:
    seconds: list[float] = []
    for doubling in range(DOUBLINGS + 1):
        try:
            data = shape(smallest << doubling)
            seconds.append(min(_seconds(lambda data=data: read(form, data)) for _ in range(rounds)))
        except (RecursionError, MemoryError) as failure:
            return Growth(form or "box", name, tuple(seconds), repr(failure))
        if seconds[-1] > ENOUGH:
            return Growth(form or "box", name, tuple(seconds), f"given up after {seconds[-1]:.0f} s")
    return Growth(form or "box", name, tuple(seconds))


def _seconds(act: Callable[[], None]) -> float:
    before = time.process_time()
    act()
    return time.process_time() - before


def read(form: Format | None, data: bytes) -> None:
    """Reads a document or the members of a container; a refusal in a sentence is an answer too."""
    try:
        if form is None:
            _open(data)
        else:
            manuscript.read(source.read(data, form))
    except Unreadable:
        return


def _open(data: bytes) -> None:
    for member in containers.members("box", data):
        if not isinstance(member, Aside):
            read(Format.TEXT, member.data)


def print_table(growths: Sequence[Growth]) -> None:
    """One line a shape, the worst last."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for each in sorted(growths, key=lambda each: max(each.ratios, default=0)):
        ratios = "  ".join(f"{ratio:5.2f}" for ratio in each.ratios)
        verdict = each.failure or ("" if each.linear else "NOT LINEAR")
        console.print(
            f"{each.format:8} {each.shape:28} {ratios}  {each.seconds[-1] if each.seconds else 0:8.3f} s  {verdict}"
        )
    console.print(
        f"{sum(each.linear for each in growths)} of {len(growths)} shapes grow linearly (2 is twice the work)"
    )


def print_json(growths: Sequence[Growth]) -> None:
    rows = [{**each._asdict(), "ratios": each.ratios, "linear": each.linear} for each in growths]
    Console(highlight=False, markup=False, soft_wrap=True).print(
        json.dumps({"benchmark": "hostile", "shapes": rows}, indent=2)
    )
