"""This room measures what Talebearer costs beside a bare discord.py bot: `python -m tests.bench reading --json`."""
