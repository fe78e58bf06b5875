"""This room hands a pen name to an account, and tells everybody whom that concerns."""

from bot.domain import names
from bot.formats.markdown import escape, shorten
from bot.store import claims, notices, outbox
from bot.store.authors import Author
from bot.store.claims import Claim
from bot.store.sqlite import Writer

ORPHANED = "Orphaned stories"
"""The name that stories stand under whose author wants none on them; nobody's, for ever."""


def is_nobodys(name: str) -> bool:
    return names.key(name) == names.key(ORPHANED)


async def hand_over(db: Writer, author: Author, user: int, now: float) -> int:
    """Ties a name to an account; what others claim of it lapses. Returns how many letters go out to it now."""
    count = await claims.link(db, author.id, user, now)
    for claim in await claims.lapse(db, author.id, user, now):
        await _tell_claimant(db, claim, now)
    if author.user_id is not None and author.user_id != user:
        await _tell_former(db, author, author.user_id, now)
    return count


async def _tell_claimant(db: Writer, claim: Claim, now: float) -> None:
    await notices.drop(db, claim.archive_id, claim.user_id, f"claim {claim.id}")
    text = (
        f"You claimed **{_name(claim.author)}**, and the moderators have tied the name to another account. If it is"
        " yours, claim it again with /pen claim and say what shows that."
    )
    await outbox.notice(
        db, claim.archive_id, claim.user_id, f"claim {claim.id} lapsed", title="Your claim", text=text, now=now
    )


async def _tell_former(db: Writer, author: Author, user: int, now: float) -> None:
    text = (
        f"The pen name **{_name(author.name)}** was tied to your account and is another's now, so its letters reach you"
        " no more. If that is a mistake, ask the moderators, or claim the name with /pen claim."
    )
    key = f"author {author.id} left {now:.0f}"
    await outbox.notice(db, author.archive_id, user, key, title="A pen name left you", text=text, now=now)


def _name(name: str) -> str:
    return escape(shorten(name, 100))
