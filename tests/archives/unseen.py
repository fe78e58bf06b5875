"""This room holds back spellings for held-out seeds: whoever mends the importer does not look in here."""

from tests.archives.fields import Spelling

# Variants of what the facts name: other capitals, numbers, compounds. No word that nobody could guess.
LABELS: dict[str, list[Spelling]] = {
    "rating_raw": ["RATED", "Story Rating", "RATINGS"],
    "description": ["Story Summary", "SYNOPSIS", "Brief Summary"],
    "spoilers": ["Spoiler Warning", "SPOILER", "Spoilers for"],
    "cautions": ["Content Warning", "WARNINGS", "Content Warnings"],
    "before": ["AUTHOR'S NOTES", "Author’s note", "Authors Note", "Author’s Notes"],
    "disclaimer": ["DISCLAIMERS", "Standard Disclaimer", "Legal Disclaimer"],
    "tags": ["CATEGORIES", "Genres", "Pairings", "KEYWORDS"],
    "fandom": ["FANDOMS", "Fandoms"],
    "written": ["Date Written", "Written On", "DATE POSTED"],
    "status": ["Story Status", "STORY STATUS"],
    "series": ["SERIES TITLE", "Part of the series"],
    "authors": ["WRITTEN BY", "Authors", "AUTHOR'S NAME"],
    "title": ["STORY TITLE", "Story Title"],
    "language": ["LANGUAGE"],
}
TITLES = [
    "Passed by at Noon",
    "What, If Not Rain",
    "Half-Light - A Romance",
    "Ångström’s Ladder",
    "Nine (and a Half) Tides",
    "1912",
]
AUTHORS = ["Bo-Mi K. Lindqvist", "d'Arcy Quill", "Ødegaard", "The Weir Sisters", "tidewrack_77", "J. J. Ossian, Jr."]
SERIES = ["Ash & Ember", "The Long Way Round", "Tales of the North Stair"]
RATINGS = ["Pg-13", "NC 17", "R for language", "MATURE", "explicit", "k+"]
DATES = [
    ("Sun, 3 Jan 1999 23:10:05 +0100", "1999-01-03"),
    ("7-Aug-2001", "2001-08-07"),
    ("Sept. 30, 2002", "2002-09-30"),
]
SCENES = ["~ * ~ * ~", "-=-=-=-", "<>o<>", "xXxXx", "*~*~*~*", "_-_-_-_", "o0o", "--==oo==--"]
ENDS = ["THE END.", "- fin -", "~~ The End ~~", "*END*"]
NAVIGATION = ["<< Chapter One | Index | Chapter Three >>", "[ Previous ] [ Next ] [ Contents ]", "Onward to Part 3!"]
PARTS = ["{title}, Part {number} of {total}", "{title} [{number}/{total}]", "{title} -- Chapter {number}"]
FILES = ["{stem}-pt-{number}{suffix}", "{stem}.{number:0>3}", "{stem}_chapter{number}{suffix}"]
