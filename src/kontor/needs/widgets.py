"""A select for many choices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_SELECTED = SafeString(" selected")


class LongSelect(forms.Select):
    """Writes a thousand options at once; Django's own renders a template for each and takes half a second."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the select as HTML; every label is escaped."""
        chosen = "" if value is None else str(value)
        named = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, _SELECTED if str(key) == chosen else "", label) for key, label in self.choices),
        )
        return format_html("<select{}>{}</select>", flatatt(named), options)
