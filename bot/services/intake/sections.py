"""This room takes an edition apart into its parts, and puts parts of several runs together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from bot.domain.documents import PartLabel
from bot.domain.models import Part
from bot.formats import partlabels, prose
from bot.formats.assembly import FIRST, lacks
from bot.formats.likeness import prints, sketch
from bot.formats.merging import located, titled, united
from bot.formats.numbering import missing
from bot.formats.summary import emphasis
from bot.services.intake.binding import Copy, Joined, Source, digest_of, paged
from bot.services.intake.preparing import text_of, without_text
from bot.store.editions import Edition


class Origin(NamedTuple):
    """The document that a part is from, and the digest of its bytes."""

    source: Source
    path: str
    digest: bytes


class Section(NamedTuple):
    """One part of an edition, its blocks with it."""

    label: PartLabel | None
    part: Part
    origin: Origin

    @property
    def number(self) -> tuple[float, str] | None:
        return self.label.number if self.label else None


def taken_apart(edition: Edition, origins: Sequence[Origin]) -> list[Section]:
    """The parts of an edition; `origins` are theirs, in their order."""
    labels = edition.labels or [""] * len(edition.markup)
    told = zip(edition.manuscript.parts, edition.markup, labels, origins, strict=True)
    return [
        Section(_label(label, part.title), Part(part.title, prose.from_markup(markup)), origin)
        for part, markup, label, origin in told
    ]


def _label(label: str, title: str) -> PartLabel | None:
    """What a part is called, or what its heading says; parts of one document have no other label."""
    return partlabels.made(label) or partlabels.named(label) or partlabels.of_heading(title)


def ordered(sections: Sequence[Section]) -> list[Section]:
    """By their numbers; a part without one stays behind the one it follows."""
    last = (float("-inf"), "")
    numbers: list[tuple[float, str]] = []
    for each in sections:
        last = each.number or last
        numbers.append(last)
    return [each for _, _, each in sorted(zip(numbers, range(len(sections)), sections, strict=True))]


def put_together(former: Edition, later: Edition, copy: Copy, sections: Sequence[Section]) -> Copy:
    """The copy as the story of all these parts, with the fields of both editions: those of its beginning first."""
    in_order = ordered(sections)
    parts = [_titled(each) for each in in_order]
    texts = [text_of(part) for part in parts]
    numbers = prints(parts)
    labels = [each.label for each in in_order]
    lacking = _lacking(former, later, labels)
    both = [former, later] if in_order[0].origin.path == former.path else [later, former]
    whole = united([located(each.manuscript, each.path, in_order[0].origin.path) for each in both])
    warnings = (*_lasting(whole.warnings, both), *lacks(lacking))
    edition = Edition(
        manuscript=without_text(replace(whole, parts=tuple(parts), warnings=warnings)),
        markup=[text.markup for text in texts],
        pages=list(paged(texts)),
        words=sum(text.words for text in texts),
        scene_breaks=sum(text.scene_breaks for text in texts),
        labels=[label.label if label else "" for label in labels],
        missing=lacking,
        path=in_order[0].origin.path,
        digest=digest_of((each.digest, each.source.story) for each in _origins(in_order)),
        prints=numbers,
        sketch=sketch(numbers),
        repairs=former.repairs + later.repairs,
        emphasis=sum(map(emphasis, parts)),
    )
    joined = Joined(tuple(each.source for each in _origins(in_order)), tuple(each.origin.path for each in in_order))
    return replace(copy, edition=edition, joined=joined)


def _titled(section: Section) -> Part:
    return section.part._replace(title=titled(section.label, section.part.title, alone=False))


def _origins(sections: Sequence[Section]) -> list[Origin]:
    """Each document once."""
    return list(dict.fromkeys(each.origin for each in sections))


def _lacking(former: Edition, later: Edition, labels: Sequence[PartLabel | None]) -> tuple[str, ...]:
    """What the numbers say is missing, or what either edition knew to be."""
    here = {label.label for label in labels if label}
    told = dict.fromkeys(chain(missing(labels), former.missing, later.missing))
    lacking = [each for each in told if each not in here]
    return tuple(sorted(lacking, key=lambda each: partlabels.of_number(each) or FIRST.number))


def _lasting(warnings: Sequence[str], both: Sequence[Edition]) -> tuple[str, ...]:
    """Without what each of the two lacked when it stood alone."""
    former = {sentence for each in both for sentence in lacks(each.missing)}
    return tuple(each for each in warnings if each not in former)
