"""This room puts the stories of a series into the order they are read in."""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter


def reading_order(story_ids: Sequence[int], pairs: Iterable[tuple[int, int]]) -> list[int]:
    """`story_ids` with every (earlier, later) pair in that order, else in the order they came.

    Pairs that contradict each other (two stories that are each other's sequel) leave the order as it came.
    """
    place = {story_id: index for index, story_id in enumerate(story_ids)}
    sorter: TopologicalSorter[int] = TopologicalSorter({story_id: set[int]() for story_id in story_ids})
    for earlier, later in pairs:
        if earlier in place and later in place:
            sorter.add(later, earlier)
    try:
        sorter.prepare()
    except CycleError:
        return list(story_ids)
    return _drain(sorter, place)


def _drain(sorter: TopologicalSorter[int], place: dict[int, int]) -> list[int]:
    """Takes the story that came first among those whose predecessors are out, again and again."""
    ready: list[int] = []
    order: list[int] = []
    while sorter.is_active():
        ready.extend(sorter.get_ready())
        ready.sort(key=place.__getitem__, reverse=True)
        following = ready.pop()
        order.append(following)
        sorter.done(following)
    return order
