"""The checker is worth its verdict: whatever keeps letters safe is taken out, and it notices."""

import pytest

from tests.faults.mutants import MUTANTS
from tests.faults.plan import OFTEN, Kind, draw
from tests.faults.seed import STORM, Verdict, judge

TRIES = 12
"""Seeds that a mutant may survive by good luck: on a busy machine what it takes does not always come about."""

NOTICED = {
    "nonce": ("doubled",),
    "lease": ("stuck",),
    "fence": ("overtaken",),
    "transaction": ("lost", "stuck"),
}
"""What is said of the bot without it."""

NEEDED: dict[str, tuple[Kind, ...]] = {
    "nonce": OFTEN,
    "lease": (Kind.KILL_SENDING, Kind.KILL_SENT),
    "fence": (Kind.OVERTAKE,),
    "transaction": (Kind.KILL_STORING,),
}
"""The strokes one of which it takes."""


def _seeds(mutant: str) -> list[int]:
    plans = (draw(seed, STORM) for seed in range(1, 500))
    wanted = (plan for plan in plans if {stroke.kind for stroke in plan.strokes} & set(NEEDED[mutant]))
    return [plan.seed for plan in wanted][:TRIES]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mutant", sorted(MUTANTS))
def test_a_mutant_is_noticed(mutant: str) -> None:
    verdicts: list[Verdict] = []
    for seed in _seeds(mutant):
        verdicts.append(judge(seed, mutant))
        if any(sentence.startswith(NOTICED[mutant]) for sentence in verdicts[-1].violations):
            return
    pytest.fail(f"nobody noticed: {[verdict.violations for verdict in verdicts]}")
