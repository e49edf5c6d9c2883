"""The column "type" of XLSForm, in the spellings of twelve years, told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kontor.questionnaires.definition import Kind


class RowKind(StrEnum):
    """What a row of the survey sheet is."""

    BEGIN_GROUP = "begin group"
    BEGIN_REPEAT = "begin repeat"
    END = "end"
    QUESTION = "question"
    RANGE = "range"  # a scale or a number, as its parameters say
    TICK = "tick"  # one box to tick
    COMPUTED = "computed"  # calculate: asks nothing
    HIDDEN = "hidden"  # what a device notes by itself
    NOT_CARRIED = "not carried"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RowType:
    """One "type", understood. is_simpler: the question loses something of what the type says."""

    row: RowKind
    kind: Kind = Kind.TEXT
    list_name: str = ""
    has_other: bool = False
    is_simpler: bool = False
    is_whole: bool = False


_SELECT = re.compile(
    r"(?:add\s+)?(?P<what>select[_\s]*one|select1|select[_\s]*multiple|select\s+all\s+that\s+apply|rank)"
    r"(?:\s+prompt)?(?:\s+(?:from|using))?\s+(?P<list>.+?)"
    r"(?:\s+(?P<other>or[_\s]+other|or[_\s]+specify[_\s]+other))?",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"begin[_\s]+(?P<what>group|repeat|loop|lgroup|looped\s+group)", re.IGNORECASE)
_END = re.compile(r"end[_\s]+(?:group|repeat|loop|lgroup|looped\s+group)", re.IGNORECASE)
_EXTERNAL = re.compile(
    r"select[_\s](one|multiple)[_\s](external|from[_\s]file)\b|cascading[_\s]select", re.IGNORECASE
)
_DEVICE_NOTES = {
    *("start", "end", "today", "deviceid", "imei", "subscriberid", "simserial", "start-geopoint", "audit"),
    *("background-audio", "background-geopoint", "start time", "end time", "device id", "get today"),
    *("get start time", "get end time", "get device id", "get subscriber id", "get sim id"),
    *("get phone number", "uri:deviceid", "uri:username", "uri:email", "uri:phonenumber", "uri:simserial"),
    *("xml-external", "csv-external", "last-saved"),
}
_NOT_ASKED = {
    *("geopoint", "geotrace", "geoshape", "location", "gps", "image", "photo", "picture", "audio", "video"),
    *("file", "binary", "osm"),
}
_PLAIN = {
    **dict.fromkeys(("text", "string"), RowType(RowKind.QUESTION, Kind.TEXT)),
    **dict.fromkeys(
        ("barcode", "email", "phone number", "phonenumber", "username", "time", "url"),
        RowType(RowKind.QUESTION, Kind.TEXT, is_simpler=True),
    ),
    **dict.fromkeys(("datetime", "date time"), RowType(RowKind.QUESTION, Kind.TEXT, is_simpler=True)),
    **dict.fromkeys(("integer", "int"), RowType(RowKind.QUESTION, Kind.NUMBER, is_whole=True)),
    "decimal": RowType(RowKind.QUESTION, Kind.NUMBER),
    "percentage": RowType(RowKind.QUESTION, Kind.NUMBER, is_simpler=True),
    "date": RowType(RowKind.QUESTION, Kind.DATE),
    "note": RowType(RowKind.QUESTION, Kind.NOTE),
    "range": RowType(RowKind.RANGE),
    **dict.fromkeys(("acknowledge", "trigger"), RowType(RowKind.TICK, Kind.MULTIPLE, is_simpler=True)),
    **dict.fromkeys(("calculate", "hidden", "calculate here"), RowType(RowKind.COMPUTED)),
    **dict.fromkeys(_DEVICE_NOTES, RowType(RowKind.HIDDEN)),
    **dict.fromkeys(_NOT_ASKED, RowType(RowKind.NOT_CARRIED)),
}


def row_type(text: str) -> RowType:
    """Return what the words in the column "type" ask for.

    >>> row_type("select all that apply from colours or_other").has_other
    True
    """
    words = " ".join(text.split())
    if found := _BEGIN.fullmatch(words):
        is_group = found["what"].lower() == "group"
        return RowType(RowKind.BEGIN_GROUP if is_group else RowKind.BEGIN_REPEAT)
    if _END.fullmatch(words):
        return RowType(RowKind.END)
    if _EXTERNAL.match(words):
        return RowType(RowKind.NOT_CARRIED)
    if found := _SELECT.fullmatch(words):
        return _select(found)
    plain = re.sub(r"^(q|add) | prompt$", "", words.lower())
    return _PLAIN.get(plain) or _PLAIN.get(plain.replace("_", " ")) or RowType(RowKind.UNKNOWN)


def _select(found: re.Match[str]) -> RowType:
    what = found["what"].lower()
    if found["list"].startswith("${"):  # answers of a repeat as choices
        return RowType(RowKind.NOT_CARRIED)
    kind = Kind.RANKING if what == "rank" else Kind.MULTIPLE
    if "one" in what or what == "select1":
        kind = Kind.SINGLE
    return RowType(RowKind.QUESTION, kind, found["list"], has_other=bool(found["other"]))
