"""This room is the matrix of quirks and seeds: one small tale each, and what was made of it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bot.domain.documents import Reading
from tests.archives.chance import Chance
from tests.archives.compare import Verdict, judge
from tests.archives.layout import ordinary
from tests.archives.quirks import QUIRKS, Quirk
from tests.archives.specimens import Work, documents
from tests.archives.tales import tale
from tests.archives.truth import TrueDocument

Read = Callable[[bytes, str], Reading]


class Finding(NamedTuple):
    """A verdict, and the quirk, seed and document it is about."""

    quirk: str
    seed: int
    path: str
    verdict: Verdict


def specimen(quirk: Quirk, seed: int) -> list[TrueDocument]:
    """The documents of one tale with this quirk, and otherwise as most are."""
    chance = Chance(seed, quirk.name)
    writing = quirk.writings[seed % len(quirk.writings)]
    work = quirk.change(Work(tale(chance, chapters=quirk.chapters), ordinary(chance, writing)), chance)
    if work.tale.chapters[1:] and not work.layout.divided and work.layout.file == "{stem}{suffix}":
        work = work.lay(file="{stem}{number}{suffix}")
    return documents(work, chance, "lamp", (quirk.name,))


def findings(names: Iterable[str], seeds: Iterable[int], read: Read) -> Iterator[Finding]:
    seeds = list(seeds)
    for name in names:
        for seed in seeds:
            for document in specimen(QUIRKS[name], seed):
                yield from (Finding(name, seed, document.path, verdict) for verdict in verdicts(document, read))


def verdicts(document: TrueDocument, read: Read) -> list[Verdict]:
    """A crash is a verdict too: whoever mends the importer sees all the rest beside it."""
    try:
        return list(judge(document, read(document.data, document.path)))
    except Exception as failure:  # whatever it is, it belongs to this document
        return [Verdict("crash", False, "a reading", repr(failure))]
