"""These rooms bind stories as files that a reader takes home."""
