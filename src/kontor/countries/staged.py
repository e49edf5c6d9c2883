"""What was read ⇄ JSON, until somebody decides to load it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kontor.countries.models import SourceFile
from kontor.countries.reading import Facts, Link, ReadFile, Series
from kontor.imports.fields import Fault

PUBLISHERS = {"indicators": "World Bank", "distances": "CEPII", "geography": "CEPII"}


def findings_of(read: ReadFile) -> dict[str, Any]:
    """Return what the preview tells of a file, without the figures themselves."""
    problem = {"code": read.problem[0], "params": dict(read.problem[1])} if read.problem else {}
    return {
        "problem": problem,
        "indicators": [_summary(series) for series in read.series],
        "countries": len(read.links) or len(read.facts),
        "left_out": [asdict(line) for line in read.left_out],
        "faults": [asdict(fault) for fault in read.faults],
        "faults_number": read.faults_number,
    }


def _summary(series: Series) -> dict[str, Any]:
    years = [year for figures in series.values.values() for year in figures]
    return {
        "code": series.code,
        "is_asked": not series.code,
        "name": series.name,
        "countries": len(series.values),
        "figures": series.count,
        "first": min(years),
        "last": max(years),
    }


def figures_of(read: ReadFile) -> dict[str, Any]:
    """Return the figures of a file as JSON."""
    return {
        "series": [
            {
                "code": series.code,
                "name": series.name,
                "values": {country: sorted(years.items()) for country, years in series.values.items()},
            }
            for series in read.series
        ],
        "links": [asdict(link) for link in read.links],
        "facts": [asdict(facts) for facts in read.facts],
    }


def staged_file(read: ReadFile) -> SourceFile:
    """Return a file that is ready to be kept, without upload and cluster."""
    return SourceFile(
        name=read.name,
        kind=read.kind,
        publisher=PUBLISHERS.get(read.kind, ""),
        findings=findings_of(read),
        staged=figures_of(read) if read.kind != "other" else {},
        updated_on=read.updated_on,
    )


def series_in(file: SourceFile) -> list[Series]:
    """Return the series that are staged in a file."""
    return [
        Series(
            each["code"],
            each["name"],
            {country: {int(y): float(v) for y, v in years} for country, years in each["values"].items()},
        )
        for each in file.staged.get("series", ())
    ]


def links_in(file: SourceFile) -> list[Link]:
    """Return the distances that are staged in a file."""
    return [Link(**each) for each in file.staged.get("links", ())]


def facts_in(file: SourceFile) -> list[Facts]:
    """Return the facts that are staged in a file."""
    return [Facts(**{**each, "languages": tuple(each["languages"])}) for each in file.staged.get("facts", ())]


def fault_in(stored: Mapping[str, Any]) -> Fault:
    """Return a fault as it was before it was stored."""
    return Fault(**stored)
