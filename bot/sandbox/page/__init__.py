"""This room shows the local Discord as a page in the browser."""

from .server import Page, mount, page_of

__all__ = ["Page", "mount", "page_of"]
