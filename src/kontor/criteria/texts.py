"""Texts in several languages, as they are stored and as they are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from i18nfield.strings import LazyI18nString

LANGUAGES = ("de", "en")


def texts_of(value: Any) -> dict[str, str]:
    """Return language → text without empty ones; a text without a language counts as German."""
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, Mapping):
        return {str(code): str(text).strip() for code, text in data.items() if text and str(text).strip()}
    text = str(data or "").strip()
    return {"de": text} if text else {}


def said(texts: Mapping[str, str] | LazyI18nString) -> LazyI18nString:
    """Return the texts as one that speaks the reader's language."""
    return LazyI18nString(texts_of(texts))
