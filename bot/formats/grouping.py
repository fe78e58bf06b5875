"""This room finds the documents that belong to one story, whatever copies of it there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from bot.domain import names
from bot.domain.documents import DocumentKind
from bot.formats.joining import Signposts, joined
from bot.formats.numbering import doubled
from bot.formats.summary import Summary

MISSPELT = 90.0
"""Of 100: from here on two parts in one folder that fit together are of one story."""


@dataclass(slots=True)
class Bunch:
    """The documents of one story, with copies and editions; `title` is "" unless an index page knows it better."""

    members: list[Summary]
    people: frozenset[str]
    title: str = ""
    warnings: list[str] = field(default_factory=list[str])
    page: Summary | None = None  # the index page that is of this story alone

    @property
    def key(self) -> str:
        return names.key(self.title or self.members[0].title)

    @property
    def folders(self) -> set[str]:
        return {member.folder for member in self.members}

    def take(self, other: "Bunch") -> None:
        self.members += other.members
        self.people |= other.people
        self.warnings += other.warnings


def bunches(stories: Sequence[Summary], pages: Sequence[Summary], signposts: Signposts) -> list[Bunch]:
    """Documents of one container, of one story's own index page, of one title and author."""
    contained, loose = _contained(stories)
    listed, loose = _listed(loose, pages, signposts)
    named = _named([*listed, *(Bunch([each], _people(each, signposts)) for each in loose)])
    return [*contained, *_misspelt(named)]


def _contained(stories: Iterable[Summary]) -> tuple[list[Bunch], list[Summary]]:
    groups: dict[str, list[Summary]] = defaultdict(list)
    loose: list[Summary] = []
    for each in stories:
        (groups[each.group] if each.group else loose).append(each)
    found = [sorted(members, key=lambda member: member.order) for members in groups.values()]
    return [Bunch(members, members[0].people) for members in found], loose


def _listed(
    stories: Sequence[Summary], pages: Iterable[Summary], signposts: Signposts
) -> tuple[list[Bunch], list[Summary]]:
    """The parts that a story's own index page leads to: they may bear their chapters' titles alone."""
    here: dict[str, list[Summary]] = defaultdict(list)
    for each in stories:
        here[each.path].append(each)
    found: list[Bunch] = []
    for page in pages:
        members = [each for path in signposts.led_by(page.path) for each in here.get(path, ())]
        if page.kind is DocumentKind.INDEX and _is_of_one_story(page, members):
            people = frozenset[str]().union(*(_people(each, signposts) for each in members))
            found.append(Bunch(members, people, page.heading, page=page))
            for each in members:
                here.pop(each.path, None)
    return found, [each for path in here.values() for each in path]


def _is_of_one_story(page: Summary, members: Sequence[Summary]) -> bool:
    """Every document it leads to is a part, and none is a part of a story by another name."""
    if not page.heading or len(members) < 2:
        return False
    heading = names.key(page.heading)
    parts = all(member.part is not None or names.key(member.title) == heading for member in members)
    rows = [entry for entry in page.entries if entry.part]
    titled = sum(names.key(member.title) == heading for member in members)
    return parts and (titled > 0 or 2 * len(rows) >= len(members)) and len(frozenset(_authors(members))) <= 1


def _authors(members: Iterable[Summary]) -> Iterator[frozenset[str]]:
    return (member.people for member in members if member.people)


def _people(summary: Summary, signposts: Signposts) -> frozenset[str]:
    """Its authors, or those that only an index page names."""
    if summary.people:
        return summary.people
    told, _ = joined(signposts.to(summary.path))
    return frozenset(map(names.key, told["authors"].value)) if "authors" in told else frozenset()


def _named(loose: Iterable[Bunch]) -> list[Bunch]:
    """One bunch for each title and author; where no author is named, for each title and folder."""
    by_title: dict[str, list[Bunch]] = defaultdict(list)
    for bunch in loose:
        known = by_title[bunch.key]
        for other in known:
            if _same_hand(bunch, other):
                other.title, other.page = other.title or bunch.title, other.page or bunch.page
                other.take(bunch)
                break
        else:
            known.append(bunch)
    return [bunch for known in by_title.values() for bunch in known]


def _same_hand(one: Bunch, other: Bunch) -> bool:
    if one.people and other.people:
        return bool(one.people & other.people)
    return bool(one.folders & other.folders)


def _misspelt(found: Sequence[Bunch]) -> list[Bunch]:
    """Joins parts in one folder whose titles differ by a letter or two and whose numbers fit together."""
    by_folder: dict[str, list[Bunch]] = defaultdict(list)
    kept: list[Bunch] = []
    for bunch in found:
        folder = bunch.members[0].folder
        whole = next((other for other in by_folder[folder] if _continues(bunch, other)), None)
        if whole is None:
            kept.append(bunch)
            if all(member.part is not None for member in bunch.members):
                by_folder[folder].append(bunch)
        else:
            whole.warnings.append(
                f"{bunch.members[0].path} is called “{bunch.members[0].title}” and was taken for a part of"
                f" “{whole.members[0].title}”."
            )
            whole.take(bunch)
    return kept


def _continues(one: Bunch, other: Bunch) -> bool:
    if not _same_hand(one, other) or fuzz.ratio(one.key, other.key) < MISSPELT:
        return False
    labels = [member.part for member in (*one.members, *other.members)]
    return None not in labels and not doubled(labels)
