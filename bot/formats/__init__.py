"""This room turns old pages into manuscripts, and manuscripts into what a reader sees: text in, text out."""
