"""This room knows how whoever asks wants to be answered: asked once, ahead of everything else."""

from typing import cast

from bot.domain import speech
from bot.domain.settings import ReaderSettings
from bot.services.settings import Preferences
from bot.ui import languages
from bot.ui.controls import Interaction

_KEY = "settings"


async def learn(interaction: Interaction, preferences: Preferences) -> None:
    """Has whoever an interaction comes from answered in their language, and it carry their settings."""
    speech.speak(languages.catalogue(interaction.locale.value))
    interaction.extras[_KEY] = await preferences.of(interaction.user.id)


def teach(interaction: Interaction, settings: ReaderSettings) -> None:
    """Has an interaction carry settings that it has just changed."""
    interaction.extras[_KEY] = settings


def of(interaction: Interaction) -> ReaderSettings:
    """The settings of whoever asks; everybody's where they could not be learned."""
    return cast("ReaderSettings", interaction.extras.get(_KEY) or ReaderSettings())
