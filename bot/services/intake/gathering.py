"""This room reads all documents of an import, in several processes where that pays."""

import multiprocessing
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field

from bot.domain.errors import ArchiveError
from bot.formats.assembly import repeated
from bot.formats.boxes import Aside, Member
from bot.formats.summary import Summary
from bot.services.intake.files import File, Progress, opened, size
from bot.services.intake.preparing import Done, Job, Refusal, in_a_process, prepare_all
from bot.services.intake.staging import Stage

BATCH = 512 * 1024
"""Bytes that are sent to a process at once."""
WORTH = 4 * 1024 * 1024
"""Bytes from which on more processes than this one save time: to start them takes half a second."""

Results = list[Done | Refusal]


class Stopped(Exception):
    """The import was cancelled."""


@dataclass(slots=True)
class Gathered:
    """What an import has read: summaries of all documents, and what was refused."""

    summaries: list[Summary] = field(default_factory=list[Summary])
    refusals: list[Refusal] = field(default_factory=list[Refusal])


class Gatherer:
    """Reads documents in `jobs` processes; runs in a thread until it is done or stopped."""

    def __init__(self, stage: Stage, jobs: int, progress: Progress) -> None:
        self._stage = stage
        self._jobs = jobs
        self._progress = progress
        self._stop = threading.Event()
        self._gathered = Gathered()
        self._by_document: dict[int, list[Summary]] = {}

    def stop(self) -> None:
        self._stop.set()

    def gather(self, files: Sequence[File]) -> Gathered:
        """Everything in these files.

        Raises:
            ArchiveError: a process died that read them.
        """
        total = sum(map(size, files))
        with ExitStack() as stack:
            pool = self._pool(stack, total)
            self._read(self._members(files, total), pool)
            self._read(self._again(), pool)
        self._gathered.summaries = [each for number in sorted(self._by_document) for each in self._by_document[number]]
        return self._gathered

    def _pool(self, stack: ExitStack, total: int) -> ProcessPoolExecutor | None:
        if self._jobs < 2 or total < WORTH:
            return None
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self._jobs, mp_context=context, initializer=in_a_process)
        stack.callback(pool.shutdown, cancel_futures=True)
        return pool

    def _read(self, jobs: Iterable[Job], pool: ProcessPoolExecutor | None) -> None:
        try:
            for results in self._results(_batches(jobs), pool):
                for each in results:
                    self._take(each)
        except BrokenProcessPool as error:
            raise ArchiveError(
                "A process that reads documents died, most likely for want of memory; try again with --jobs 1."
            ) from error

    def _results(self, batches: Iterator[list[Job]], pool: ProcessPoolExecutor | None) -> Iterator[Results]:
        """What comes of each batch, in order; no more batches are in flight than keep all processes busy."""
        if pool is None:
            yield from map(prepare_all, batches)
            return
        flying: deque[Future[Results]] = deque()
        for batch in batches:
            flying.append(pool.submit(prepare_all, batch))
            if len(flying) > self._jobs + 1:
                yield flying.popleft().result()
        while flying:
            yield flying.popleft().result()

    def _members(self, files: Sequence[File], total: int) -> Iterator[Job]:
        number = done = 0
        for file in files:
            for each in opened(file):
                if self._stop.is_set():
                    raise Stopped
                if isinstance(each, Aside):
                    refusal = Refusal(number, each.path, each.reason, each.size, each.expected, each.kind)
                    self._gathered.refusals.append(refusal)
                else:
                    yield _job(number, each)
                number += 1
            done += size(file)
            self._progress("Reading", done, total)

    def _again(self) -> Iterator[Job]:
        """The documents with lines at their edges that only the archive as a whole shows to be furniture."""
        furniture = repeated(each for found in self._by_document.values() for each in found)
        for number, found in list(self._by_document.items()):
            lines = furniture.get(found[0].folder, frozenset())
            common = lines.intersection(edge for each in found for edge in each.edges)
            if common:
                yield self._stage.job(number)._replace(repeated=frozenset(common))

    def _take(self, result: Done | Refusal) -> None:
        """Of a document that is read a second time and then refused, the first reading stands."""
        if isinstance(result, Done):
            self._stage.put(result)
            self._by_document[result.number] = result.summaries
        elif result.number not in self._by_document:
            self._gathered.refusals.append(result)


def _job(number: int, member: Member) -> Job:
    return Job(number, member.path, member.data, member.fields, member.group, member.order, member.structure)


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    held = 0
    for job in jobs:
        batch.append(job)
        held += len(job.data)
        if held >= BATCH:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch
