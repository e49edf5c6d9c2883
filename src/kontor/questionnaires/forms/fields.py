"""Single fields of a posted form: texts in several languages, numbers, acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from django.http import QueryDict
from django.utils.translation import get_language

from kontor.questionnaires.definition import Texts
from kontor.questionnaires.problems import QuestionnaireError

# What a questionnaire can be written in; others come with a file and are kept.
LANGUAGES = (
    "de",
    "en",
    "da",
    "nb",
    "sv",
    "fi",
    "nl",
    "fr",
    "es",
    "it",
    "pt",
    "pl",
    "cs",
    "lt",
    "lv",
    "et",
    "uk",
    "tr",
)
LARGEST_LIMIT = 1e15


@dataclass(frozen=True)
class TextField:
    """One text in one language."""

    name: str
    language: str
    language_name: str
    value: str
    problem: str = ""


@dataclass(frozen=True)
class Act:
    """What a button asks for. name: "save" where the form is to be stored; index: which line it is about."""

    name: str
    index: int = -1

    @classmethod
    def of(cls, posted: QueryDict) -> Act:
        """Return what the pressed button says: "option-up:3"."""
        name, _, index = posted.get("act", "").partition(":")
        return cls(
            name or "save", int(index) if index.isascii() and index.isdigit() and len(index) < 6 else -1
        )


def language_name(code: str) -> str:
    """Return a language's name in the reader's language, the code itself where it is unknown."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name(get_language() or "en")
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code


def text_in(posted: Mapping[str, str], name: str) -> str:
    """Return a text without what no database keeps, its line ends as one character, outer spaces gone."""
    return posted.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def texts_in(posted: Mapping[str, str], stem: str, languages: Sequence[str], before: Texts) -> dict[str, str]:
    """Return the texts of the fields `STEM-LANGUAGE`; what the form does not show stays as it was."""
    shown = [language for language in languages if f"{stem}-{language}" in posted]
    kept = {language: text for language, text in before.items() if language not in shown}
    typed = {language: text_in(posted, f"{stem}-{language}") for language in shown}
    found = kept | {language: text for language, text in typed.items() if text}
    # In the order of the languages, so that an unchanged text stays an unchanged text.
    order = [*languages, *(language for language in found if language not in languages)]
    return {language: found[language] for language in order if language in found}


def text_fields(stem: str, languages: Sequence[str], texts: Texts) -> tuple[TextField, ...]:
    """Return the fields that show the texts, one for each language."""
    return tuple(
        TextField(f"{stem}-{language}", language, language_name(language), texts.get(language, ""))
        for language in languages
    )


def number_typed(posted: QueryDict, name: str) -> float | None:
    """Return a number as people write it, None for an empty field.

    Raises QuestionnaireError "answer.no_number".
    """
    text = text_in(posted, name)
    if not text:
        return None
    try:
        value = float(text.replace(" ", "").replace(",", "."))
    except ValueError:
        raise QuestionnaireError("answer.no_number", found=text[:40]) from None
    if not abs(value) <= LARGEST_LIMIT or "_" in text:
        raise QuestionnaireError("answer.no_number", found=text[:40])
    return value
