"""Talebearer: a Discord bot that serves a story archive and carries readers' letters to the authors."""

__version__ = "0.1.0"
