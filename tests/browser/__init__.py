"""This room drives the page of the local Discord with a real browser."""
