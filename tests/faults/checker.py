"""This room judges a history: what may never happen to a letter or to a person who waits for an answer."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tests.faults.history import Act, Arrival, History, Presence, Row

FIRST_ANSWER = 3.0
"""Seconds (docs.discord.com, Interactions: Receiving and Responding)."""
IN_TIME = 2.5
"""Seconds of them after which a process that only then reads the interaction owes no answer."""
UNDISTURBED = 1.8
"""Seconds that the bot gets for an answer: discord.py waits one of them after an answer of 5xx."""
SETTLED = 1.0
"""Seconds after which what was due must have been tried."""
STEADY = 5.0
"""Seconds without a disturbance after which no request may be over a limit: the longest window of Discord's."""

LINE = {"ready", "leased", "unknown"}
"""States of a letter that is to go out."""
ABSENT = {"held", "ready", "refused", "waiting"}
"""States that say of a letter that it has not arrived."""


def violations(history: History) -> list[str]:
    """A sentence for each rule that is broken; none is what a seed has to give."""
    rules = (stored, delivered, in_order, settled, final, answered, paced)
    return [sentence for rule in rules for sentence in rule(history)]


def stored(history: History) -> Iterator[str]:
    """Every acknowledged submission is one row; no row comes from nowhere or stands in no line."""
    rows = Counter(row.interaction for row in history.rows)
    acts = {act.id: act for act in history.acts}
    for act in acts.values():
        name = act.letter or act.what
        if act.kept and not rows[act.id]:
            yield f"lost: {name} of {act.person} was acknowledged and is not stored"
        if rows[act.id] > 1:
            yield f"doubled: {name} of {act.person} is stored {rows[act.id]} times"
    for row in history.rows:
        act = acts.get(row.interaction)
        if act is None or act.letter not in ("", row.letter):
            yield f"made up: letter {row.id} ({row.letter}) was never submitted like this"
        if row.state is None:
            yield f"lost: {row.letter} is stored and stands in no line"


def delivered(history: History) -> Iterator[str]:
    """A row is one message where it says so, none where it says that it waits, and never two."""
    arrived: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in history.arrivals:
        arrived[arrival.letter].append(arrival)
    rows = {row.letter: row for row in history.rows}
    for letter in arrived.keys() - rows.keys():
        yield f"made up: {letter} arrived and is not stored"
    for row in history.rows:
        yield from _as_said(row, arrived[row.letter])


def _as_said(row: Row, arrived: list[Arrival]) -> Iterator[str]:
    if len(arrived) > 1:
        yield f"doubled: {row.letter} arrived {len(arrived)} times at {row.recipient}"
    for arrival in arrived:
        if arrival.recipient != row.recipient:
            yield f"astray: {row.letter} for {row.recipient} arrived at {arrival.recipient}"
    if row.state == "delivered" and not arrived:
        yield f"lost: {row.letter} is said to be delivered and never arrived"
    if row.state in ABSENT and arrived:
        yield f"astray: {row.letter} is said to be {row.state} and has arrived"


def in_order(history: History) -> Iterator[str]:
    """What one author reads comes in the order of storing."""
    order = {row.letter: row.id for row in history.rows}
    newest: dict[str, int] = defaultdict(int)
    for arrival in history.arrivals:
        stored_as = order.get(arrival.letter)
        if stored_as is None:
            continue
        if stored_as < newest[arrival.recipient]:
            yield f"out of order: {arrival.letter} reached {arrival.recipient} after a younger letter"
        newest[arrival.recipient] = max(newest[arrival.recipient], stored_as)


def settled(history: History) -> Iterator[str]:
    """Once nothing goes wrong any more, nobody's line stands still and nothing is on its way for ever."""
    for row in history.rows:
        if row.state is not None and row.state not in LINE | ABSENT | {"delivered", "parked"}:
            yield f"lost: {row.letter} is {row.state!r}, where nobody sees it"
    for row in heads(history.rows):
        if row.state == "leased":
            yield f"stuck: {row.letter} is on its way and nobody carries it"
        elif row.due_at is None or row.due_at < history.end - SETTLED:
            late = history.end - (row.due_at or 0.0)
            yield f"stuck: {row.letter} is {row.state} and was due {late:.1f} s before the end"


def heads(rows: Iterable[Row]) -> Iterable[Row]:
    """Of each recipient the oldest letter that is to go out: those behind it wait for it."""
    first: dict[str, Row] = {}
    for row in rows:
        if row.state in LINE:
            first.setdefault(row.recipient, row)
    return first.values()


def final(history: History) -> Iterator[str]:
    """What Discord took is settled, and nobody who comes late settles it again."""
    for change in history.changes:
        if change.before == "delivered":
            yield f"overtaken: {change.what} was delivered, and then it became {change.after}"


def answered(history: History) -> Iterator[str]:
    """Who acts while the bot is there is answered in words within three seconds."""
    for act in history.acts:
        if act.words is None and act.faults < 2 and is_owed(act, history.presences):
            yield f"unanswered: {act.what} of {act.person} at {act.at:.3f}"
        elif act.words is not None and not act.words.strip():
            yield f"unanswered: {act.what} of {act.person} got an answer without words"


def is_owed(act: Act, presences: Iterable[Presence]) -> bool:
    """Whether a process read the interaction while it was young, and had the time to answer it."""
    for presence in presences:
        if presence.end <= act.at:
            continue
        if presence.start > act.at and not presence.resumed:
            return False  # its session was over before anybody read it
        read_at = max(act.at, presence.start)
        if read_at - act.at > IN_TIME:
            return False
        if presence.end >= min(act.at + FIRST_ANSWER, read_at + UNDISTURBED):
            return True
    return False


def paced(history: History) -> Iterator[str]:
    """In steady state Discord never has to say 429."""
    for at in history.throttled:
        if all(not at - STEADY < other <= at for other in history.disturbed):
            yield f"too fast: Discord answered 429 at {at:.3f}, and nothing had disturbed the pace"
