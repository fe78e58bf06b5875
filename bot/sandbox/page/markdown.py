"""This room turns Discord's Markdown into HTML that holds no tag, attribute or address but its own."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .blocks import discord_blocks
from .inline import RULES, NameOf, open_in_a_window

_ADDRESS = re.compile(r"https?://[^/\s]", re.IGNORECASE)


class _Discord(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's own name
        """Only pages of the web are linked: no script, no file, no data."""
        return _ADDRESS.match(url) is not None


class _Renderer(RendererHTML):
    def renderToken(  # noqa: N802 - the parser's own name
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002
        env: EnvType,  # noqa: ARG002
    ) -> str:
        """Without the newlines that CommonMark puts between blocks: white space is kept as written here."""
        token = tokens[idx]
        return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}{self.renderAttrs(token)}>"


def _mark_links(state: StateCore) -> None:
    for token in state.tokens:
        open_in_a_window(token.children or [])


def _parser() -> MarkdownIt:
    parser = _Discord("zero", renderer_cls=_Renderer)
    parser.core.ruler.at("block", _blocks_or_line)
    parser.core.ruler.push("mark_links", _mark_links)
    parser.enable(["backticks", "emphasis", "link"])
    for name, rule in RULES.items():
        parser.inline.ruler.before("backticks", name, rule)
    parser.inline.ruler.at("text", _nothing)
    return parser


def _nothing(_state: StateInline, _silent: bool) -> bool:
    return False


def _blocks_or_line(state: StateCore) -> None:
    if state.inlineMode:
        token = Token("inline", "", 0)
        token.content, token.children = state.src, []
        state.tokens.append(token)
    else:
        discord_blocks(state)


_PARSER = _parser()


def nobody(_kind: str, _number: int) -> str | None:
    """The names of a place where nobody is known."""
    return None


def render(text: str, name_of: NameOf = nobody) -> str:
    """HTML of a message's content, an embed's description or a field's value."""
    return _PARSER.render(text, {"name_of": name_of})


def render_line(text: str, name_of: NameOf = nobody) -> str:
    """HTML of a title or a field's name, where headings, quotes and lists mean nothing."""
    return _PARSER.renderInline(text, {"name_of": name_of})
