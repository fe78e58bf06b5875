"""This room is how a pen name becomes an account's: asked, approved, answered, and what becomes of its stories."""

import re
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from bot.domain.access import Audience
from bot.domain.claims import Choice, ClaimState
from bot.domain.delivery import Wish
from bot.domain.errors import UnknownAuthor
from bot.domain.refusals import AlreadyYours, ClaimSettled, NameTaken, NeverAgain, NobodysName, NoName, NotYourPenName
from bot.domain.search import CHOICES, GLANCE
from bot.formats.spelling import nearest
from bot.services.handover import ORPHANED, hand_over, is_nobodys
from bot.store import authors, claims, consent, effects, notices, wishes
from bot.store.authors import Author
from bot.store.claims import Claim
from bot.store.database import Database, Reader, Writer
from bot.store.notices import Notice
from bot.store.wishes import Wishes


class Pen(NamedTuple):
    """A pen name whose account chooses what becomes of its stories."""

    author: Author
    said: str


class Claims:
    """Pen names and those who say that they are theirs."""

    def __init__(
        self,
        database: Database,
        withdraw: Callable[[Writer, int, int], Awaitable[int]],
        wake: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._withdraw = withdraw  # all that stands under a pen name, for an account
        self._wake = wake
        self._clock = clock

    async def suggest(self, audience: Audience, typed: str) -> list[str]:
        """Pen names that begin as what is being typed, then those with a word that does."""
        database, archive = self._database, audience.archive.id
        found = await authors.beginning(database.reader, archive, typed, CHOICES)
        if typed.strip() and len(found) < CHOICES:
            found += await authors.within(database.glance, archive, typed, CHOICES, GLANCE)
        return list(dict.fromkeys(found))[:CHOICES]

    async def ask(self, audience: Audience, name: str, proof: str, interaction_id: int) -> str:
        """Lays a claim before the moderators; nothing is tied to anybody by that.

        Raises:
            UnknownAuthor, NobodysName, AlreadyYours, NeverAgain: why there is nothing to claim.
        """

        async def act(db: Writer) -> str:
            author = await self._claimable(db, audience, name)
            await claims.ask(db, author.archive_id, author.id, audience.reader, proof.strip(), self._clock())
            return (
                f"The moderators see that you are {author.name}. When they agree, a direct message asks you whether you"
                " take the letters; nothing happens before you say yes."
            )

        return await self._once(interaction_id, act)

    async def offer(self, audience: Audience, name: str) -> Notice | None:
        """The question that a moderator's yes has sent the account about a name, as long as it is not answered."""
        db, archive = self._database.reader, audience.archive.id
        author = await authors.named(db, archive, name)
        claim = author and await claims.offered(db, author.id, audience.reader)
        return await notices.of_key(db, archive, audience.reader, f"claim {claim}") if claim else None

    async def _claimable(self, db: Reader, audience: Audience, name: str) -> Author:
        author = await authors.named(db, audience.archive.id, name)
        if author is None:
            near = nearest(name, await authors.everybody(db, audience.archive.id))
            raise UnknownAuthor(name, [near] if near else [])
        if is_nobodys(author.name):
            raise NobodysName(author.name)
        if author.user_id == audience.reader:
            raise AlreadyYours(author.name)
        if await claims.denied_for_good(db, author.id, audience.reader):
            raise NeverAgain(author.name)
        return author

    async def answer(self, user: int, claim_id: int, state: ClaimState, interaction_id: int) -> Pen:
        """What an account says to the question that a moderator's yes sent it; TAKEN brings the letters.

        Raises:
            ClaimSettled: it was not asked, or has answered.
        """

        async def act(db: Writer) -> str:
            claim = await self._offered(db, user, claim_id)
            if not await claims.answer(db, claim_id, user, state, self._clock()):
                raise ClaimSettled
            await notices.drop(db, claim.archive_id, user, f"claim {claim_id}")
            if state is not ClaimState.TAKEN:
                return _DECLINED[state].format(author=claim.author)
            author = await authors.get(db, claim.author_id)
            assert author is not None
            count = await hand_over(db, author, user, self._clock())
            return f"{claim.author} is you now; {_letters(count)} {'is' if count == 1 else 'are'} on the way."

        said = await self._once(interaction_id, act)
        claim = await self._offered(self._database.reader, user, claim_id)
        author = await authors.get(self._database.reader, claim.author_id)
        assert author is not None
        return Pen(author, said)

    @staticmethod
    async def _offered(db: Reader, user: int, claim_id: int) -> Claim:
        claim = await claims.get(db, claim_id)
        if claim is None or claim.user_id != user:
            raise ClaimSettled
        return claim

    async def choosing(self, user: int, author_id: int) -> Author:
        """A pen name of this account's, about whose stories it may choose.

        Raises:
            NotYourPenName: it is another's.
        """
        return await self._own(self._database.reader, user, author_id)

    @staticmethod
    async def _own(db: Reader, user: int, author_id: int) -> Author:
        author = await authors.get(db, author_id)
        if author is None or author.user_id != user:
            raise NotYourPenName
        return author

    async def choose(self, user: int, author_id: int, choice: Choice, interaction_id: int, name: str = "") -> str:
        """Does with the stories under a name what its author wants; `name` is the new one for RENAME.

        Raises:
            NotYourPenName, NameTaken, NobodysName, NoName: why it was not done.
        """

        async def act(db: Writer) -> str:
            author = await self._own(db, user, author_id)
            await claims.choose(db, author_id, choice)
            await self._carry_out(db, author, user, choice, name.strip())
            return _CHOSEN[choice].format(author=name.strip() or author.name)

        return await self._once(interaction_id, act)

    async def _carry_out(self, db: Writer, author: Author, user: int, choice: Choice, name: str) -> None:
        match choice:
            case Choice.KEEP:
                return
            case Choice.RENAME:
                await self._rename(db, author, name)
            case Choice.ORPHAN:
                orphanage = await authors.orphan(db, author.id, ORPHANED)
                await wishes.wish(db, orphanage, Wishes(None, Wish.OFF))
            case Choice.WITHDRAW:
                await self._withdraw(db, author.id, user)
            case Choice.NEVER:
                await self._withdraw(db, author.id, user)
                await consent.bar(db, author.archive_id, "author", (author.name,), (), self._clock())

    @staticmethod
    async def _rename(db: Writer, author: Author, name: str) -> None:
        if not re.search(r"\w", name):
            raise NoName
        if is_nobodys(name):
            raise NobodysName(name)
        other = await authors.named(db, author.archive_id, name)
        if other is not None and other.id != author.id:
            raise NameTaken(name)
        await authors.rename(db, author.id, name)

    async def _once(self, interaction_id: int, act: Callable[[Writer], Awaitable[str]]) -> str:
        async with self._database.write() as db:
            said = await effects.once(db, interaction_id, self._clock(), lambda: act(db))
        self._wake()
        return said


_DECLINED = {
    ClaimState.DENIED: "Thank you; nothing was tied to you, and the letters go on waiting for {author}.",
    ClaimState.NEVER: "Thank you; nothing was tied to you, and you are not asked about {author} again.",
}
_CHOSEN = {
    Choice.KEEP: "The stories stay as they are, under {author}.",
    Choice.RENAME: "The stories now stand under {author}.",
    Choice.ORPHAN: "The stories stay, without your name: nobody finds them by it, and they take no letters.",
    Choice.WITHDRAW: "The stories are out of the archive: their text is gone, and no import brings it back."
    " Your letters stay yours.",
    Choice.NEVER: "The stories are out of the archive: their text is gone, and nothing by {author} comes in again."
    " Your letters stay yours.",
}


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count:,} letters"
