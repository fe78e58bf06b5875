"""What is said is said in the language in force, and nobody else hears it."""

import asyncio
from gettext import NullTranslations

from bot.domain.speech import N_, _, grouped, in_force, ngettext, pgettext, speak
from bot.ui.languages import catalogue


def test_english_is_said_as_it_is_written() -> None:
    assert (_("First"), N_("First"), pgettext("thousands", ",")) == ("First", "First", ",")
    assert [ngettext("one", "several", count) for count in (0, 1, 2)] == ["several", "one", "several"]
    assert [grouped(number) for number in (999, 1_000, 1_234_567)] == ["999", "1,000", "1,234,567"]


async def test_a_language_is_in_force_for_the_task_that_put_it_there_and_for_what_that_starts() -> None:
    async def says() -> str:
        return _("First")

    async def german() -> tuple[str, str, str]:
        speak(catalogue("de"))
        return await asyncio.create_task(says()), grouped(1_234), ngettext("{count} word", "{count} words", 1)

    assert await asyncio.create_task(german()) == ("Erste", "1.234", "{count} Wort")
    assert _("First") == "First"
    assert in_force() is not catalogue("de")
    assert isinstance(in_force(), NullTranslations)


def test_what_is_marked_is_said_as_it_is_until_it_is_shown() -> None:
    assert N_("Sequel to") == "Sequel to"
