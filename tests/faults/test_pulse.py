"""A seed that found something on a machine that was too busy happens again; one that found it on a quiet one stands."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.faults import seed
from tests.faults.bots import PLAIN, Bots
from tests.faults.pulse import MARGIN, WINDOW, Pulse, _waited
from tests.faults.seed import AGAIN, Verdict, judge

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults need Linux")


@pytest.fixture
async def pulse(tmp_path: Path) -> Pulse:
    async with Sandbox.start() as sandbox:
        return Pulse(Bots(sandbox, tmp_path, sandbox.backend.now, PLAIN))


async def test_waits_of_one_second_are_summed(pulse: Pulse) -> None:
    for _ in range(20):
        pulse._feel(MARGIN / 25)
    assert not pulse.was_too_busy
    pulse._feel(MARGIN / 2)
    assert pulse.was_too_busy
    assert pulse.longest == pytest.approx(MARGIN * (19 / 25 + 1 / 2))


async def test_a_wait_of_long_ago_is_over(pulse: Pulse) -> None:
    pulse._feel(MARGIN)
    for _ in range(100):
        pulse._feel(0.0)
    pulse._feel(MARGIN)
    assert pulse.longest == MARGIN


async def test_a_loop_that_is_held_up_is_felt(pulse: Pulse) -> None:
    beating = asyncio.create_task(pulse.beats())
    felt = asyncio.Event()
    feel = pulse._feel

    def feeling(waited: float) -> None:
        feel(waited)
        felt.set()

    pulse._feel = feeling
    await felt.wait()
    felt.clear()
    _work(2 * MARGIN)
    await felt.wait()
    assert pulse.longest > MARGIN
    beating.cancel()


def _work(seconds: float) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < end:
        pass


def test_a_thread_that_is_gone_waited_for_nothing(tmp_path: Path) -> None:
    assert _waited(tmp_path / "schedstat") == 0
    (tmp_path / "schedstat").write_text("5 7000000 9\n", "ascii")
    assert _waited(tmp_path / "schedstat") == 7_000_000


@pytest.mark.parametrize(
    ("waits", "mutant", "runs", "failed"),
    [
        ([WINDOW], None, 2, False),
        ([WINDOW] * (AGAIN + 1), None, AGAIN + 1, True),
        ([MARGIN], None, 1, True),
        ([WINDOW], "nonce", 1, True),
    ],
    ids=["busy once", "busy always", "quiet", "a mutant is noticed at once"],
)
def test_when_it_happens_again(
    monkeypatch: pytest.MonkeyPatch, waits: list[float], mutant: str | None, runs: int, failed: bool
) -> None:
    verdicts = iter([*(Verdict(1, ["lost: a letter"], [], waited=waited) for waited in waits), Verdict(1, [], [])])
    ran: list[str | None] = []

    async def run(_seed: int, mutant: str | None) -> Verdict:
        ran.append(mutant)
        return next(verdicts)

    monkeypatch.setattr(seed, "run", run)
    verdict = judge(1, mutant)
    assert (len(ran), bool(verdict.violations), verdict.again) == (runs, failed, runs - 1)
