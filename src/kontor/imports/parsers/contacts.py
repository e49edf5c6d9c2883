"""E-mail addresses and websites."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kontor.imports.cells import Cell
from kontor.imports.parsers.texts import text
from kontor.imports.refused import FieldFault

_HOST = re.compile(r"(?=.{4,253}$)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])")
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
LONGEST_EMAIL, LONGEST_WEBSITE = 254, 500


def email(cell: Cell) -> str:
    """Return the address, the host in small letters, or "".

    >>> email("Eva Ö. <Eva@Example.ORG>"), email("mailto:a@b.de"), email(None)
    ('Eva@example.org', 'a@b.de', '')
    """
    found = text(cell)
    if not found:
        return ""
    if match := re.fullmatch(r"[^<>]*<([^<>]+)>", found):
        found = match[1].strip()
    local, at, host = re.sub(r"^mailto:", "", found, flags=re.IGNORECASE).rpartition("@")
    host = host.lower()
    if (
        not at
        or len(local) + len(host) >= LONGEST_EMAIL
        or not _LOCAL.fullmatch(local)
        or not _HOST.fullmatch(host)
    ):
        raise FieldFault("field.email")
    return f"{local}@{host}"


def website(cell: Cell) -> str:
    """Return the address with https:// where nothing is said, the host in small letters, or "".

    Only http and https are taken: javascript:, data: and names with a password in them are refused.

    >>> website("WWW.Example.org/Über uns".replace(" ", "-")), website("http://a.de"), website("")
    ('https://www.example.org/Über-uns', 'http://a.de', '')
    """
    found = text(cell)
    if not found:
        return ""
    if not re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", found, re.IGNORECASE):
        found = f"https://{found.removeprefix('//')}"
    if len(found) > LONGEST_WEBSITE or re.search(r"[\s<>\"\\^`{|}]", found):
        raise FieldFault("field.website")
    try:
        parts = urlsplit(found)
        port = parts.port
    except ValueError as problem:
        raise FieldFault("field.website") from problem
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise FieldFault("field.website")
    netloc = f"{host}:{port}" if port else host
    return parts._replace(netloc=netloc).geturl()


def host_of(address: str) -> str:
    """Return the host of a website without www., or "" where it has none.

    >>> host_of("https://www.Example.org/x"), host_of("nonsense")
    ('example.org', '')
    """
    try:
        return (urlsplit(website(address)).hostname or "").removeprefix("www.")
    except FieldFault:
        return ""
