"""Uploads and files as pages show them: what was found, what was left out, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.countries.catalogue import indicators
from kontor.countries.models import Indicator, IndicatorValue, SourceFile, Upload
from kontor.countries.staged import fault_in
from kontor.countries.wording import number_text
from kontor.imports.fields import Fault
from kontor.ui.errors import explain_code

FAULTS_SHOWN = 50
EXAMPLES_SHOWN = 6


@dataclass(frozen=True)
class Offer:
    """One thing that can be loaded: an indicator, distances or geography.

    tick:          the name of its box.   key: of its file.
    code:          of an indicator; is_asked: the file does not tell it.
    recorded_last: newest year on record.   first, last: None for what has no years.
    """

    tick: str
    key: int
    file_name: str
    kind: str
    code: str
    name: str
    is_asked: bool
    is_chosen: bool
    is_faulty: bool
    countries: int
    figures: int
    first: int | None
    last: int | None
    recorded_last: int | None

    @property
    def is_older(self) -> bool:
        """True where what is on record is newer."""
        return bool(self.recorded_last and self.last and self.recorded_last > self.last)


@dataclass(frozen=True)
class ShownFault:
    """A fault with its sentence."""

    fault: Fault
    sentence: str


@dataclass(frozen=True)
class FaultyFile:
    """A file with faults: the first of them, and how many more there are."""

    name: str
    faults: tuple[ShownFault, ...]
    more: int


@dataclass(frozen=True)
class Preview:
    """What an upload offers. nothing: (file, why) of files that bring nothing; left_out: sentences."""

    offers: tuple[Offer, ...]
    faulty: tuple[FaultyFile, ...]
    nothing: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]

    @property
    def can_load(self) -> bool:
        """True where at least one file can be loaded as it is."""
        return any(not offer.is_faulty for offer in self.offers)


def preview_of(upload: Upload) -> Preview:
    """Return what an upload offers, as its page shows it. Three queries."""
    files = list(upload.files.defer("staged", "replaced").order_by("pk"))
    names = {code: each.name for code, each in indicators().items()}
    own = Indicator.objects.filter(cluster=upload.cluster_id)
    names |= {indicator.code: str(indicator.name) for indicator in own}
    values = IndicatorValue.objects.filter(indicator__cluster=upload.cluster_id).order_by()
    recorded = dict(values.values_list("indicator__code").annotate(Max("year")))
    problems = [(file.name, _problem(file.findings["problem"])) for file in files]
    return Preview(
        offers=tuple(offer for file in files for offer in _offers(file, names, recorded)),
        faulty=tuple(_faulty(file) for file in files if file.findings["faults_number"]),
        nothing=tuple((name, problem) for name, problem in problems if problem),
        left_out=left_out_lines([line for file in files for line in file.findings["left_out"]]),
    )


def _faulty(file: SourceFile) -> FaultyFile:
    more = file.findings["faults_number"] - FAULTS_SHOWN
    return FaultyFile(file.name, tuple(shown_faults(file)[:FAULTS_SHOWN]), max(more, 0))


def _problem(stored: Mapping[str, Any]) -> str:
    return explain_code(stored["code"], stored["params"]) if stored else ""


def _offers(file: SourceFile, names: Mapping[str, str], recorded: Mapping[str, int]) -> Iterator[Offer]:
    """Yield what a file offers."""
    findings = file.findings
    shared: dict[str, Any] = {
        "key": file.pk,
        "file_name": file.name,
        "kind": file.kind,
        "is_faulty": bool(findings["faults_number"]),
    }
    if file.kind in (SourceFile.Kind.DISTANCES, SourceFile.Kind.GEOGRAPHY):
        yield Offer(
            tick=f"{file.pk}:0",
            code="",
            name=str(file.get_kind_display()),
            is_asked=False,
            is_chosen=bool(findings.get("is_chosen")),
            countries=findings["countries"],
            figures=findings["countries"],
            first=None,
            last=None,
            recorded_last=None,
            **shared,
        )
    for number, entry in enumerate(findings["indicators"]):
        yield Offer(
            tick=f"{file.pk}:{number}",
            name=names.get(entry["code"]) or entry["name"] or entry["code"],
            is_chosen=bool(entry.get("is_chosen")),
            recorded_last=recorded.get(entry["code"]),
            **{name: entry[name] for name in ("code", "is_asked", "countries", "figures", "first", "last")},
            **shared,
        )


def shown_faults(file: SourceFile) -> list[ShownFault]:
    """Return the faults of a file with their sentences."""
    faults = map(fault_in, file.findings.get("faults", ()))
    return [ShownFault(fault, explain_code(fault.code, fault.params)) for fault in faults]


def left_out_lines(lines: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what was left out and why, the same reasons of several files together, with a few names."""
    counts: dict[str, int] = {}
    names: dict[str, dict[str, None]] = {}
    most: dict[str, int] = {}
    for line in lines:
        code = line["code"]
        counts[code] = counts.get(code, 0) + line["count"]
        names.setdefault(code, {}).update(dict.fromkeys(line["examples"]))
        most[code] = max(most.get(code, 0), line["names"])
    return tuple(_left_out(code, count, list(names[code]), most[code]) for code, count in counts.items())


def _left_out(code: str, count: int, names: list[str], number: int) -> str:
    """Return one reason; where not all names stand there, an ellipsis says so."""
    sentence = explain_code(code, {"count": number_text(count, 0)})
    if not names:
        return sentence
    shown = names[:EXAMPLES_SHOWN]
    rest = " …" if max(number, len(names)) > len(shown) else ""
    return f"{sentence}: {', '.join(shown)}{rest}"


def contents_line(file: SourceFile) -> str:
    """Return what a loaded file holds, in a few words: its indicators, or how many countries."""
    language = "de" if (get_language() or "en").startswith("de") else "en"
    chosen = [entry for entry in file.findings["indicators"] if entry.get("is_chosen")]
    if not chosen:
        return _("%(number)s countries") % {"number": file.findings["countries"]}
    known = indicators()
    names = [
        known[entry["code"]].names[language] if entry["code"] in known else entry["name"] or entry["code"]
        for entry in chosen
    ]
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def figures_number(file: SourceFile) -> int:
    """Return how many figures, distances or facts a loaded file has brought."""
    chosen = (int(entry["figures"]) for entry in file.findings["indicators"] if entry.get("is_chosen"))
    return sum(chosen) + int(file.findings["countries"])
