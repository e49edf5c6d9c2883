"""What people type: criteria in two languages, the note of a version, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.criteria.checking import LONGEST, POINTS
from kontor.criteria.models import Criterion, Scale
from kontor.criteria.reference import DEFAULT_PURPOSE, OWN, families
from kontor.criteria.sources import sources
from kontor.criteria.texts import LANGUAGES, texts_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

MORE, LESS = "more", "less"
# Fields that only some scales have; a fault in any other is nobody's business.
ONLY_FOR = {
    **{f"anchor_{point}_{code}": (Scale.POINTS,) for point in POINTS for code in LANGUAGES},
    **{f"unit_{code}": (Scale.NUMBER,) for code in LANGUAGES},
    **dict.fromkeys(("scale_low", "scale_high"), (Scale.NUMBER, Scale.PERCENT)),
    **dict.fromkeys(("knock_out_below", "knock_out_above"), (Scale.POINTS, Scale.NUMBER, Scale.PERCENT)),
    "knock_out_answer": (Scale.YES_NO,),
}


def _text(label: StrOrPromise, name: str, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=LONGEST[name], required=False, widget=widget)


def _number(label: StrOrPromise) -> forms.FloatField:
    return forms.FloatField(label=label, required=False, widget=forms.NumberInput(attrs={"step": "any"}))


class CriterionForm(forms.Form):
    """A criterion as the cluster management writes it."""

    name_de = _text(_("Name in German"), "name")
    name_en = _text(_("Name in English"), "name")
    family = forms.ChoiceField(label=_("Family"))
    meaning_de = _text(_("The question in German"), "meaning", 2)
    meaning_en = _text(_("The question in English"), "meaning", 2)
    evidence_de = _text(_("What would show it, in German"), "evidence", 2)
    evidence_en = _text(_("What would show it, in English"), "evidence", 2)
    scale = forms.ChoiceField(
        label=_("How is it judged?"), choices=Scale.choices, initial=Scale.POINTS, widget=forms.RadioSelect
    )
    anchor_1_de = _text(_("1 point means, in German"), "anchors")
    anchor_1_en = _text(_("1 point means, in English"), "anchors")
    anchor_3_de = _text(_("3 points mean, in German"), "anchors")
    anchor_3_en = _text(_("3 points mean, in English"), "anchors")
    anchor_5_de = _text(_("5 points mean, in German"), "anchors")
    anchor_5_en = _text(_("5 points mean, in English"), "anchors")
    unit_de = _text(_("Unit in German"), "unit")
    unit_en = _text(_("Unit in English"), "unit")
    scale_low = _number(_("The scale begins at"))
    scale_high = _number(_("The scale ends at"))
    direction = forms.ChoiceField(
        label=_("Which direction is good?"),
        choices=((MORE, _("More is better, or yes")), (LESS, _("Less is better, or no"))),
        initial=MORE,
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(
        label=_("Filled by the program from"),
        required=False,
        help_text=_("Where the program has such data, a study begins with them. People can correct them."),
    )
    knock_out_below = _number(_("Out below"))
    knock_out_above = _number(_("Out above"))
    knock_out_answer = forms.ChoiceField(
        label=_("A candidate is out"),
        required=False,
        choices=(("", _("with neither answer")), ("no", _("with a no")), ("yes", _("with a yes"))),
    )

    def __init__(self, *args: Any, purpose: str = DEFAULT_PURPOSE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["family"].choices = [(each.code, str(each.name)) for each in families(purpose)]
        fields["family"].initial = OWN
        fields["source"].choices = source_choices()

    def clean(self) -> dict[str, Any]:
        """Refuse a criterion without any name; pass over what the chosen scale does not have."""
        cleaned = super().clean() or self.cleaned_data
        for name in [name for name in self.errors if self.is_passed_over(name)]:
            del self.errors[name]
        if not any((cleaned.get(f"name_{code}") or "").strip() for code in LANGUAGES):
            self.add_error("name_de", _("Give the criterion a name in at least one language."))
        return cleaned

    def is_passed_over(self, name: str) -> bool:
        """True for a field that the chosen scale does not have."""
        scale = self.cleaned_data.get("scale")
        return bool(scale) and name in ONLY_FOR and scale not in ONLY_FOR[name]

    def values(self) -> dict[str, Any]:
        """Return the fields as the services take them."""
        cleaned = self.cleaned_data
        values: dict[str, Any] = {name: cleaned[name] for name in ("family", "scale", "source")}
        values["is_benefit"] = cleaned["direction"] == MORE
        for name in ("name", "meaning", "evidence", "unit"):
            values[name] = self.texts(name)
        values["anchors"] = {point: self.texts(f"anchor_{point}") for point in POINTS}
        numbers = ("scale_low", "scale_high", "knock_out_below", "knock_out_above")
        values |= {name: None if self.is_passed_over(name) else cleaned.get(name) for name in numbers}
        if cleaned["scale"] == Scale.YES_NO:
            values["knock_out_below"] = 1.0 if cleaned["knock_out_answer"] == "no" else None
            values["knock_out_above"] = 0.0 if cleaned["knock_out_answer"] == "yes" else None
        return values

    def texts(self, name: str) -> dict[str, str]:
        """Return language → text of a field that is there once per language."""
        return {code: self.cleaned_data.get(f"{name}_{code}", "") for code in LANGUAGES}


class NoteForm(forms.Form):
    """Why a version is published."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("What this version is for, such as “Study 2027”. May stay empty."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class FileForm(forms.Form):
    """A list in Excel or CSV."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel (.xlsx), LibreOffice (.ods) or CSV; the first row holds the headings."),
    )


def source_choices() -> list[tuple[str, Any]]:
    """Return what a criterion can be filled from, by where it comes from."""
    groups: dict[str, list[tuple[str, Any]]] = {}
    for source in sources().values():
        groups.setdefault(str(source.group_name), []).append((source.key, str(source.name)))
    return [("", _("nothing: people judge it")), *groups.items()]


def stored(criterion: Criterion) -> dict[str, Any]:
    """Return the criterion's values as the form names them."""
    values: dict[str, Any] = {name: getattr(criterion, name) for name in ("family", "scale", "source")}
    values["direction"] = MORE if criterion.is_benefit else LESS
    texts = {name: texts_of(getattr(criterion, name)) for name in ("name", "meaning", "evidence", "unit")}
    texts |= {f"anchor_{point}": texts_of(criterion.anchors.get(point, {})) for point in POINTS}
    for name, spoken in texts.items():
        values |= {f"{name}_{code}": spoken.get(code, "") for code in LANGUAGES}
    is_answer = criterion.scale == Scale.YES_NO
    for name in ("scale_low", "scale_high", "knock_out_below", "knock_out_above"):
        is_shown = criterion.scale in ONLY_FOR[name]
        values[name] = _typed(getattr(criterion, name)) if is_shown else ""
    values["knock_out_answer"] = _answer(criterion) if is_answer else ""
    return values


def _answer(criterion: Criterion) -> str:
    if criterion.knock_out_below:
        return "no"
    return "" if criterion.knock_out_above is None else "yes"


def _typed(value: float | None) -> str:
    """Return a number as somebody would type it: 2, not 2.0."""
    return "" if value is None else f"{value:.15g}"
