"""The columns of a list of criteria, German and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kontor.criteria.checking import LONGEST, POINTS
from kontor.criteria.models import Scale
from kontor.criteria.reference import families
from kontor.criteria.sources import sources
from kontor.criteria.texts import LANGUAGES
from kontor.imports.cells import Cell
from kontor.imports.fields import Field
from kontor.imports.parsers import choice, decimal, long_text, text_up_to
from kontor.imports.refused import FieldFault

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

MORE, LESS = "more", "less"
_DIRECTIONS = {
    MORE: ("mehr ist besser", "more is better", "mehr", "more", "hoch", "max", "Nutzen", "benefit"),
    LESS: ("weniger ist besser", "less is better", "weniger", "less", "niedrig", "min", "Kosten", "cost"),
}
_SCALES = {
    Scale.POINTS: ("Punkte", "points", "1-5", "Punkte 1 bis 5"),
    Scale.PERCENT: ("Prozent", "percent", "percentage", "%"),
    Scale.NUMBER: ("Zahl", "number", "Anzahl", "Wert"),
    Scale.YES_NO: ("Ja/Nein", "yes/no", "Ja oder Nein", "yes or no"),
}


def columns(purpose: str) -> tuple[Field, ...]:
    """Return what is read from each row, in the order of the template; one of the names must be there."""
    return (
        Field("family", _("Family"), ("Familie", "Family", "Gruppe", "Group"), _family(purpose)),
        *_texts(
            *("name", _("Name in German"), _("Name in English")),
            german=("Name deutsch", "Name", "Kriterium", "Bezeichnung"),
            english=("Name englisch", "Criterion", "Name English"),
        ),
        *_texts(
            *("meaning", _("The question in German"), _("The question in English")),
            german=("Frage deutsch", "Frage", "Bedeutung", "Beschreibung"),
            english=("Frage englisch", "Question", "Meaning", "Description"),
        ),
        *_texts(
            *("evidence", _("What would show it, in German"), _("What would show it, in English")),
            german=("Woran man es sieht", "Nachweis deutsch", "Nachweis", "Beleg"),
            english=("Nachweis englisch", "Evidence"),
        ),
        Field("scale", _("Scale"), ("Skala", "Scale"), choice(_scales())),
        *_anchors(),
        *_texts(
            *("unit", _("Unit in German"), _("Unit in English")),
            german=("Einheit deutsch", "Einheit"),
            english=("Einheit englisch", "Unit"),
        ),
        *_numbers(),
    )


def _texts(
    name: str,
    label_de: StrOrPromise,
    label_en: StrOrPromise,
    *,
    german: tuple[str, ...],
    english: tuple[str, ...],
) -> tuple[Field, Field]:
    """Return the two fields of a text in both languages."""
    longest = LONGEST[name]
    parse = text_up_to(longest) if longest < 500 else _long(longest)
    return (
        Field(f"{name}_de", label_de, (*_both(label_de), *german), parse),
        Field(f"{name}_en", label_en, (*_both(label_en), *english), parse),
    )


def _numbers() -> Iterable[Field]:
    """Yield where the scale runs, which direction is good, what fills it and when a candidate is out."""
    yield Field("scale_low", _("The scale begins at"), ("Skala von", "Scale from", "Untergrenze"), _number)
    yield Field("scale_high", _("The scale ends at"), ("Skala bis", "Scale to", "Obergrenze"), _number)
    yield Field("direction", _("Direction"), ("Richtung", "Direction"), choice(_DIRECTIONS))
    yield Field("source", _("Filled by the program from"), ("Quelle", "Source", "Gefüllt aus"), _source())
    yield Field(
        "knock_out_below", _("Out below"), ("K.-o. unter", "Scheidet aus unter", "Out below"), _number
    )
    yield Field("knock_out_above", _("Out above"), ("K.-o. über", "Scheidet aus über", "Out above"), _number)


def _anchors() -> Iterable[Field]:
    labels: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
        "1": (_("1 point means, in German"), _("1 point means, in English")),
        "3": (_("3 points mean, in German"), _("3 points mean, in English")),
        "5": (_("5 points mean, in German"), _("5 points mean, in English")),
    }
    for point in POINTS:
        for code, word, label in zip(LANGUAGES, ("deutsch", "englisch"), labels[point], strict=True):
            aliases = (*_both(label), f"Anker {point} {word}", f"Anchor {point} {code}")
            yield Field(f"anchor_{point}_{code}", label, aliases, text_up_to(LONGEST["anchors"]))


def _both(label: StrOrPromise) -> tuple[str, ...]:
    """Return a label in both languages, so that a list goes into an installation of either."""
    return tuple(dict.fromkeys(_spoken(label, language) for language in LANGUAGES))


def _spoken(label: object, language: str) -> str:
    with override(language):
        return str(label)


def _scales() -> dict[str, tuple[str, ...]]:
    """Return scale → words for it, its label in both languages first."""
    return {scale.value: (*_both(scale.label), *words) for scale, words in _SCALES.items()}


def _family(purpose: str) -> Callable[[Cell], str | None]:
    return choice({family.code: tuple(family.name.data.values()) for family in families(purpose)})


def _source() -> Callable[[Cell], str | None]:
    """Return a parser of sources by key or name; the sentence for any other does not list them all."""
    parse = choice(
        {key: (key.replace(".", " "), *source.name.data.values()) for key, source in sources().items()}
    )

    def known(cell: Cell) -> str | None:
        try:
            return parse(cell)
        except FieldFault as problem:
            raise FieldFault("criterion.source_unknown", source=str(cell)[:80]) from problem

    return known


def _number(cell: Cell) -> float | None:
    found = decimal(cell)
    return None if found is None else float(found)


def _long(longest: int) -> Callable[[Cell], str]:
    def parse(cell: Cell) -> str:
        found = long_text(cell)
        if len(found) > longest:
            raise FieldFault("field.too_long", longest=longest, length=len(found))
        return found

    return parse
