"""This room is a small bot with something of everything that the page has to draw."""

import asyncio
import struct
import zlib
from io import BytesIO
from typing import Any

import discord
from discord import app_commands

PAGES = ["# One\nA lamp stood at the sill.", "Two\n||It was never lit.||", "Three\n> The End"]
STORIES = ["The Lamp", "The Last Ferry", "Lanterns at Low Water", "Salt"]

Interaction = discord.Interaction[discord.Client]


class Turn(discord.ui.Button["Pages"]):
    def __init__(self, label: str, page: int) -> None:
        super().__init__(label=label, custom_id=f"turn:{label}:{page}", disabled=not 0 <= page < len(PAGES))
        self.page = page

    async def callback(self, interaction: Interaction) -> None:
        assert self.view is not None
        view = Pages(self.view.story, self.page)
        self.view.stop()
        await interaction.response.edit_message(embed=view.embed(), view=view)


class Jump(discord.ui.Select["Pages"]):
    def __init__(self, page: int) -> None:
        super().__init__(placeholder="Jump to a page", custom_id=f"jump:{page}", row=1)
        for number in range(len(PAGES)):
            self.add_option(label=f"Page {number + 1}", value=str(number), default=number == page)

    async def callback(self, interaction: Interaction) -> None:
        assert self.view is not None
        view = Pages(self.view.story, int(self.values[0]))
        self.view.stop()
        await interaction.response.edit_message(embed=view.embed(), view=view)


class Tell(discord.ui.Button["Pages"]):
    def __init__(self, story: str) -> None:
        super().__init__(label="Tell the author what you think", style=discord.ButtonStyle.primary, row=2)
        self.story = story

    async def callback(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(Letter(self.story, interaction.user.display_name))


class Pages(discord.ui.View):
    def __init__(self, story: str, page: int = 0) -> None:
        super().__init__(timeout=None)
        self.story, self.page = story, page
        for item in (Turn("Previous", page - 1), Turn("Next", page + 1), Jump(page), Tell(story)):
            self.add_item(item)

    def embed(self) -> discord.Embed:
        embed = discord.Embed(title=self.story, description=PAGES[self.page], colour=0x8A6D3B)
        embed.set_author(name="Ruby")
        embed.add_field(name="Rating", value="PG-13")
        embed.add_field(name="Series", value="Changing *Hearts*")
        return embed.set_footer(text=f"Page {self.page + 1} of {len(PAGES)}")


class Letter(discord.ui.Modal):
    def __init__(self, story: str, name: str) -> None:
        super().__init__(title=f"A letter about {story}"[:45], timeout=600)
        self.name = discord.ui.TextInput["Letter"](default=name, required=False, max_length=80)
        self.mood = discord.ui.Select["Letter"](required=False, placeholder="No need to say")
        for mood in ("Moved", "Amused"):
            self.mood.add_option(label=mood)
        self.comments = discord.ui.TextInput["Letter"](
            style=discord.TextStyle.paragraph, min_length=5, max_length=1000, placeholder="What stayed with you?"
        )
        self.add_item(discord.ui.Label(text="Name", description="Emptied, it is anonymous.", component=self.name))
        self.add_item(discord.ui.Label(text="Mood", component=self.mood))
        self.add_item(discord.ui.Label(text="Comments", component=self.comments))

    async def on_submit(self, interaction: Interaction) -> None:
        self.stop()
        await interaction.response.send_message("Your letter is on its way.", ephemeral=True)
        author = await interaction.client.fetch_user(self.author_id(interaction.client))
        mood = f" ({self.mood.values[0]})" if self.mood.values else ""
        await author.send(f"**{self.name.value or 'Somebody'}**{mood} wrote:\n>>> {self.comments.value}")

    @staticmethod
    def author_id(client: discord.Client) -> int:
        assert isinstance(client, Keeper)
        return client.ruby_id


class Keeper(discord.Client):
    """`gate` holds back the answer to /slow until a test opens it."""

    def __init__(self, ruby_id: int) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.ruby_id = ruby_id
        self.gate = asyncio.Event()
        self.tree = app_commands.CommandTree(self)
        commands: list[Any] = [read, slow, silent, note, everything, desk, form, bookmark, who]
        for command in commands:
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def stories(_interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = [story for story in STORIES if typed.lower() in story.lower()]
    return [app_commands.Choice(name=f"{story} by Ruby", value=story) for story in found]


@app_commands.command(description="Open a story where you left it")
@app_commands.describe(story="Title, author or series", part="Which part", share="Let everybody read along")
@app_commands.autocomplete(story=stories)
async def read(interaction: Interaction, story: str, part: int = 1, share: bool = False) -> None:
    view = Pages(story, part - 1)
    await interaction.response.send_message(embed=view.embed(), view=view, ephemeral=not share)


@app_commands.command(description="Think first, answer later")
async def slow(interaction: Interaction) -> None:
    assert isinstance(interaction.client, Keeper)
    await interaction.response.defer()
    await interaction.client.gate.wait()
    await interaction.followup.send("At last.")


@app_commands.command(description="Never answer")
async def silent(_interaction: Interaction) -> None:
    return


@app_commands.command(description="Leave a note for everybody")
@app_commands.choices(mark=[app_commands.Choice(name=name, value=name[0]) for name in ("Star", "Moon")])
async def note(interaction: Interaction, text: str, mark: app_commands.Choice[str] | None = None) -> None:
    await interaction.response.send_message(f"{mark.name if mark else 'Note'}: {text}")


MARKDOWN = """# The Reading Room
**bold**, *slanted*, __underlined__, ~~struck~~, `code`, ||a spoiler||
-# small print
> A quote
> of two lines
- a list
  - inside a list
1. counted
```py
print("a block of code")
```
<t:1700000000:R> · <t:1700000000:F> · [a link](https://a.example/) · </read:1> <script>alert(1)</script>"""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(width: int, height: int) -> bytes:
    """A PNG of one warm colour (Portable Network Graphics, "Chunk layout")."""
    rows = (b"\0" + b"\xd9\xa4\x5b" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@app_commands.command(description="One of everything")
async def everything(interaction: Interaction) -> None:
    view = discord.ui.View(timeout=None)
    for style in ("primary", "secondary", "success", "danger"):
        view.add_item(discord.ui.Button[Any](label=style.title(), style=discord.ButtonStyle[style]))
    view.add_item(discord.ui.Button[Any](label="Link", url="https://a.example/"))
    view.add_item(discord.ui.Button[Any](label="Not now", emoji="🌙", disabled=True))
    several = discord.ui.Select[Any](placeholder="Several", min_values=1, max_values=2, row=2)
    for name in ("Salt", "Smoke", "Rain"):
        several.add_option(label=name, description=f"Stories with {name.lower()}")
    view.add_item(several)
    embed = discord.Embed(title="An embed", url="https://a.example/", description="With *every* part.", colour=0x2E8B57)
    embed.set_author(name="The keeper").set_footer(text="The foot")
    for number in range(3):
        embed.add_field(name=f"Field {number + 1}", value="inline")
    embed.set_image(url="attachment://lamp.png")
    file = discord.File(BytesIO(picture(320, 120)), "lamp.png", description="A lit lamp")
    await interaction.response.send_message(MARKDOWN, embed=embed, view=view, file=file)
    view.stop()


desk = app_commands.Group(
    name="desk", description="For moderators", default_permissions=discord.Permissions(manage_guild=True)
)


@desk.command(name="import", description="Bring a page in")
async def bring(interaction: Interaction, page: discord.Attachment) -> None:
    await interaction.response.send_message(f"{page.filename}: {len(await page.read())} bytes", ephemeral=True)


@app_commands.context_menu(name="Bookmark This")
async def bookmark(interaction: Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Kept: {message.content}", ephemeral=True)


@app_commands.context_menu(name="Who Is It")
async def who(interaction: Interaction, person: discord.User) -> None:
    await interaction.response.send_message(f"{person.display_name} reads here.")


Label = discord.ui.Label["Questions"]


class Questions(discord.ui.Modal, title="Two forms full of questions"):
    """Every kind of field there is, in two halves: a form takes five."""

    def __init__(self, *labels: Label) -> None:
        super().__init__(timeout=600)
        for label in labels:
            self.add_item(label)

    async def on_submit(self, interaction: Interaction) -> None:
        self.stop()
        told = [told_of(child.component) for child in self.children if isinstance(child, discord.ui.Label)]
        await interaction.response.send_message(" · ".join(told), ephemeral=True)


def told_of(field: object) -> str:
    """What was filled in: names of files, values of what was chosen or typed."""
    values: list[object] = getattr(field, "values", None) or [getattr(field, "value", "")]
    return " ".join(str(getattr(each, "filename", each)) for each in values)


def persons_and_places() -> list[Label]:
    return [
        Label(text="Person", component=discord.ui.UserSelect["Questions"](required=False)),
        Label(text="Role", component=discord.ui.RoleSelect["Questions"](required=False)),
        Label(text="Either", component=discord.ui.MentionableSelect["Questions"](required=False)),
        Label(text="Place", component=discord.ui.ChannelSelect["Questions"](required=False)),
        Label(text="File", component=discord.ui.FileUpload["Questions"](required=False)),
    ]


def choices() -> list[Label]:
    moods = discord.ui.RadioGroup["Questions"]()
    tags = discord.ui.CheckboxGroup["Questions"](max_values=2, required=False)
    genre = discord.ui.Select["Questions"](required=False)
    for name in ("Salt", "Smoke", "Rain"):
        moods.add_option(label=name, value=name.lower())
        tags.add_option(label=name, value=name.lower())
        genre.add_option(label=name, value=name.lower())
    return [
        Label(text="Mood", description="One of them", component=moods),
        Label(text="Tags", component=tags),
        Label(text="Genre", component=genre),
        Label(text="Agreed", component=discord.ui.Checkbox["Questions"](default=True)),
        Label(text="Words", component=discord.ui.TextInput["Questions"](default="a few", max_length=20)),
    ]


@app_commands.command(description="A form with every kind of field")
async def form(interaction: Interaction, second: bool = False) -> None:
    await interaction.response.send_modal(Questions(*(choices() if second else persons_and_places())))
