"""What the program can fill a criterion from: keys, read by the rooms above, with their names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from i18nfield.strings import LazyI18nString

FILE = Path(__file__).parent / "catalogue" / "sources.toml"


@dataclass(frozen=True)
class Source:
    """Data that the program has. key: such as "countries.distance". group: where it comes from."""

    key: str
    name: LazyI18nString
    group: str
    group_name: LazyI18nString


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """Return every source by its key, in the order of the file."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups = {each["code"]: LazyI18nString(each["name"]) for each in content["group"]}
    return {each["key"]: _source(each, groups) for each in content["source"]}


def source_name(key: str) -> str:
    """Return what a source is called in the reader's language; the key itself where it is unknown."""
    found = sources().get(key)
    return f"{found.group_name}: {found.name}" if found else key


def _source(each: dict[str, Any], groups: Mapping[str, LazyI18nString]) -> Source:
    group = each["key"].partition(".")[0]
    return Source(each["key"], LazyI18nString(each["name"]), group, groups[group])
