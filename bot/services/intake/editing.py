"""This room is how moderators edit a header: nothing is saved over what another one changed meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.domain.desk_refusals import ChangedMeanwhile, NothingToUndo, ProposalGone
from bot.domain.documents import Manuscript
from bot.domain.errors import Gone, UnknownControl
from bot.domain.fields import FORMS, Field, Texts
from bot.domain.people import Actor
from bot.formats import fields
from bot.services.acting import Acting
from bot.services.intake.linking import settle
from bot.services.intake.shelving import Writing
from bot.store import amendments, headers, ledger, links, proposals
from bot.store.database import Reader, Writer
from bot.store.ledger import Act, Change, Entry, Wanted
from bot.store.proposals import Proposal

NEWEST = 1 << 62
BACK = 50
"""Entries of a story's record that are looked through for what a form showed."""


class Blank(NamedTuple):
    """A form as it is opened: what its fields hold, and a number for that."""

    story_id: int
    title: str
    form: int
    held: Texts
    digest: int


class Difference(NamedTuple):
    """A field that is to change; `seen` is what stood there when it was typed, None where nobody knows."""

    field: Field
    seen: str | None
    now: str
    typed: str

    @property
    def collides(self) -> bool:
        """Whether somebody else changed it meanwhile to something that is neither."""
        return self.now not in (self.seen, self.typed)


class Preview(NamedTuple):
    """What saving a proposal would do."""

    proposal: Proposal
    story: Manuscript  # as it would be
    differences: list[Difference]
    others: list[Entry]  # on record since then, about the fields that collide

    @property
    def collides(self) -> bool:
        return any(each.collides for each in self.differences)


class Editing:
    """Headers, by form."""

    act = "edited"
    """What stands on record."""
    editable: frozenset[Field] = frozenset(Field)

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def story(self, actor: Actor, story_id: int) -> Manuscript:
        """A story's header, whatever its state.

        Raises:
            Gone: this archive has no such story, or nothing is left of it.
        """
        return await self._header(await self._acting.reading(actor), actor, story_id)

    async def _header(self, db: Reader, actor: Actor, story_id: int) -> Manuscript:
        found = await headers.read(db, actor.archive_id, story_id)
        if found is None:
            raise Gone
        return found

    def _check(self, story: Manuscript, typed: Texts) -> None:
        """Refuses what may not be typed over a header."""

    async def _saved(self, db: Writer, actor: Actor, story_id: int, story: Manuscript) -> str:
        """What a header that was just saved brings with it; returns what is said of that."""
        del db, actor, story_id, story
        return ""

    def _of_form(self, texts: Texts, form: int) -> Texts:
        if form >= len(FORMS):
            raise UnknownControl
        return {field: texts[field] for field in FORMS[form][1] if field in self.editable}

    async def blank(self, actor: Actor, story_id: int, form: int) -> Blank:
        """Form `form` with what its fields hold now."""
        story = await self.story(actor, story_id)
        held = self._of_form(fields.told(story), form)
        return Blank(story_id, story.title, form, held, fields.digest(held))

    async def again(self, actor: Actor, proposal_id: int) -> Blank:
        """The form of a proposal, with what was typed into it over what stands there now."""
        proposal = await self._proposal(await self._acting.reading(actor), actor, proposal_id)
        blank = await self.blank(actor, proposal.story_id, proposal.form)
        return blank._replace(held={**blank.held, **proposal.typed})

    @staticmethod
    async def _proposal(db: Reader, actor: Actor, proposal_id: int) -> Proposal:
        found = await proposals.get(db, actor.archive_id, proposal_id)
        if found is None or found.user_id != actor.user or found.saved_at is not None:
            raise ProposalGone
        return found

    async def propose(self, actor: Actor, story_id: int, form: int, digest: int, typed: Texts) -> Preview:
        """Keeps what was typed, to be looked at before it is saved; `digest` tells what the form showed.

        Raises:
            FieldRefused: something typed cannot be what its field holds.
        """
        tidy = fields.tidied(typed)
        async with self._acting.database.write() as db:
            await self._acting.admit(db, actor)
            story = await self._header(db, actor, story_id)
            now = self._of_form(fields.told(story), form)
            seen = await self._seen(db, actor, story_id, now, digest)
            changed = {field: text for field, text in tidy.items() if field in now and text != seen.get(field)}
            self._check(story, changed)
            known = {field: seen.get(field) for field in changed}
            made = await proposals.add(
                db, actor.archive_id, story_id, actor.user, form, known, changed, self._acting.now()
            )
        return await self.preview(actor, made)

    @staticmethod
    async def _seen(db: Reader, actor: Actor, story_id: int, now: Texts, digest: int) -> Mapping[Field, str]:
        """What the form showed: what stands there now, or stood there before some acts; nothing where none fits."""
        held = dict(now)
        if fields.digest(held) == digest:
            return held
        wanted = Wanted(story_id=story_id)
        for entry in await ledger.entries(db, actor.archive_id, before=NEWEST, limit=BACK, wanted=wanted):
            for change in entry.values:
                if change.field in held and change.former is not None:
                    held[Field(change.field)] = change.former
            if fields.digest(held) == digest:
                return held
        return {}

    async def preview(self, actor: Actor, proposal_id: int) -> Preview:
        """What saving would do now.

        Raises:
            ProposalGone: it was saved, is older than a day, or somebody else's.
        """
        db = await self._acting.reading(actor)
        proposal = await self._proposal(db, actor, proposal_id)
        story = await self._header(db, actor, proposal.story_id)
        differences = list(_differences(proposal, story))
        colliding = {each.field.value for each in differences if each.collides}
        wanted = Wanted(story_id=proposal.story_id)
        entries = await ledger.entries(db, actor.archive_id, before=NEWEST, limit=BACK, wanted=wanted)
        others = [entry for entry in entries if colliding & {change.field for change in entry.values}]
        return Preview(proposal, fields.amended(story, proposal.typed), differences, others[:3])

    async def save(self, actor: Actor, proposal_id: int, interaction_id: int, *, over: bool = False) -> str:
        """Saves a proposal; over what others changed meanwhile only where `over` says so.

        Raises:
            ChangedMeanwhile: another moderator, or an import, changed one of its fields; the proposal stays.
        """
        concerned: list[tuple[int, list[str]]] = []

        async def act(db: Writer) -> str:
            proposal = await self._proposal(db, actor, proposal_id)
            story = await self._header(db, actor, proposal.story_id)
            differences = list(_differences(proposal, story))
            if not over and any(each.collides for each in differences):
                raise ChangedMeanwhile(story.title)
            self._check(story, proposal.typed)
            concerned.append((proposal.story_id, await links.titles(db, [proposal.story_id])))
            await proposals.saved(db, proposal_id, self._acting.now())
            changes = [(each.field, each.now, each.typed) for each in differences if each.now != each.typed]
            await self.write(db, actor, proposal.story_id, story, changes, self.act)
            told = "nothing of it had to be changed" if not changes else f"{_named(changes)} as you typed it"
            more = await self._saved(db, actor, proposal.story_id, fields.amended(story, proposal.typed))
            return f"{story.title} is saved: {told}.{more}"

        said = await self._acting.once(actor, interaction_id, act)
        await self.settle(actor, concerned)
        return said

    async def undo(self, actor: Actor, entry_id: int, interaction_id: int) -> str:
        """Gives fields the values back that they had before an act, while what it put there still stands.

        Raises:
            NothingToUndo: it was undone, is erased, or is nothing of this kind.
            ChangedMeanwhile: a later change stands there now.
        """
        concerned: list[tuple[int, list[str]]] = []

        async def act(db: Writer) -> str:
            entry = await self._undoable(db, actor, entry_id)
            assert entry.story_id is not None
            story = await self._header(db, actor, entry.story_id)
            held = fields.told(story)
            changes = [(Field(each.field), each.present or "", each.former or "") for each in entry.values]
            if any(held[field] != present for field, present, _ in changes):
                raise ChangedMeanwhile(story.title)
            concerned.append((entry.story_id, await links.titles(db, [entry.story_id])))
            await self.write(db, actor, entry.story_id, story, changes, "edit undone", undoes_id=entry_id)
            return f"{story.title} is as it was before: {_named(changes)}."

        said = await self._acting.once(actor, interaction_id, act)
        await self.settle(actor, concerned)
        return said

    @staticmethod
    async def _undoable(db: Reader, actor: Actor, entry_id: int) -> Entry:
        entry = await ledger.get(db, actor.archive_id, entry_id)
        if entry is None or entry.undone_by is not None or entry.story_id is None or not entry.values:
            raise NothingToUndo(entry_id)
        if any(each.former is None or each.field not in set(Field) for each in entry.values):
            raise NothingToUndo(entry_id)
        return entry

    async def write(
        self,
        db: Writer,
        actor: Actor,
        story_id: int,
        story: Manuscript,
        changes: list[tuple[Field, str, str]],
        act: str,
        *,
        undoes_id: int | None = None,
    ) -> None:
        """Puts other values into fields, for good: they stand over what a file says; and puts that on record."""
        if not changes:
            return
        told = {field: text for field, _, text in changes}
        await headers.write(db, actor.archive_id, story_id, fields.amended(story, told), told.keys())
        await amendments.put(db, actor.archive_id, story_id, told)
        values = [Change(*change) for change in changes]
        done = Act(actor.archive_id, act, actor.user, story_id=story_id, values=values, undoes_id=undoes_id)
        await self._acting.record(db, done)

    async def settle(self, actor: Actor, concerned: Sequence[tuple[int, list[str]]]) -> None:
        """Finds out anew what links mean that a story's header, or the former one, may concern."""
        database = self._acting.database
        for story_id, former in concerned:
            keys = [*former, *await links.titles(database.reader, [story_id])]
            await settle(Writing(database, lambda: False), database.reader, actor.archive_id, [story_id], keys)


def _differences(proposal: Proposal, story: Manuscript) -> Iterator[Difference]:
    now = fields.told(story)
    for field, typed in proposal.typed.items():
        yield Difference(field, proposal.seen[field], now[field], typed)


def _named(changes: list[tuple[Field, str, str]]) -> str:
    return ", ".join(field.value.replace("_", " ") for field, _, _ in changes)
