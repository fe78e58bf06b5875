"""This room remembers what each person has read and dismissed; it lasts as long as the page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..screens import Message


@dataclass
class Marks:
    """Users and places by id; the same for every window of a person."""

    _read: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])
    _dismissed: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])

    def read(self, user_id: int, place: str, messages: Iterable[Message]) -> None:
        """Everything up to the newest of `messages` has been seen."""
        newest = max((message.id for message in messages), default=0)
        self._read[user_id, place] = max(newest, self._read.get((user_id, place), 0))

    def unread(self, user_id: int, place: str, messages: Iterable[Message]) -> int:
        """How many of `messages` came after the last look."""
        seen = self._read.get((user_id, place), 0)
        return sum(message.id > seen for message in messages)

    def dismiss(self, user_id: int, message_id: int) -> None:
        self._dismissed.add((user_id, message_id))

    def dismissed(self, user_id: int, message: Message) -> bool:
        return (user_id, message.id) in self._dismissed
