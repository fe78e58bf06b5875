"""This room knows the codes of the languages that archives name."""

from bot.domain.books import Book

UNKNOWN = "und"
CODES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "nederlands": "nl", "swedish": "sv", "svenska": "sv", "norwegian": "no", "danish": "da", "finnish": "fi",
    "polish": "pl", "polski": "pl", "czech": "cs", "hungarian": "hu", "russian": "ru", "русский": "ru",
    "ukrainian": "uk", "greek": "el", "turkish": "tr", "hebrew": "he", "arabic": "ar", "japanese": "ja",
    "日本語": "ja", "chinese": "zh", "中文": "zh", "korean": "ko", "한국어": "ko", "indonesian": "id", "latin": "la",
}  # fmt: skip


def code(language: str) -> str:
    """The BCP 47 code of a language as archives write it ("English", "en-GB"); "und" where it is not known."""
    name = language.strip().casefold().replace("_", "-")
    primary = name.split("-")[0]
    if name in CODES:
        return CODES[name]
    return primary if primary in CODES.values() else UNKNOWN


def of(book: Book) -> str:
    """The language of a book whose stories share one; what names none is taken for English."""
    codes = {code(story.language) if story.language else "en" for story in book.stories}
    return codes.pop() if len(codes) == 1 else UNKNOWN
