"""Addresses for looking at the face alone: the style guide, and stand-ins for what the shell links to."""

from datetime import UTC, datetime
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from django.views.i18n import set_language

from kontor.ui.components import Check, NextStep, PointState
from kontor.ui.forms import Difference

GUIDE = Path(__file__).parent / "style_guide.html"


class Cluster:
    """Just enough of a cluster for the shell."""

    slug = "nord"
    name = "Nordlicht Sensorik e. V."


class GuideForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Name", help_text="As it stands in the register.")
    email = forms.EmailField(label="E-mail")
    kind = forms.ChoiceField(label="Kind", choices=[("sme", "SME"), ("large", "Large company")])
    topics = forms.MultipleChoiceField(
        label="Topics",
        choices=[("lab", "Test fields"), ("norm", "Common standards"), ("staff", "Skilled staff")],
        widget=forms.CheckboxSelectMultiple,
        help_text="As many as apply.",
    )
    urgency = forms.ChoiceField(
        label="Urgency",
        choices=[("now", "Now"), ("year", "This year")],
        widget=forms.RadioSelect,
        required=False,
    )
    since = forms.DateField(label="Since", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    logo = forms.FileField(label="Logo", required=False)
    text = forms.CharField(label="Description", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    consent = forms.BooleanField(label="May be shown in the public directory", help_text="Can be taken back.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def guide_context() -> dict[str, object]:
    """Return what the style guide shows."""
    names = ("Förde Sensorik GmbH", "Institut für Küsten- und Meerestechnik Łódź–Århus", "Hansa Optik AG")
    states = (*PointState,)
    return {
        "form": GuideForm({"name": "", "email": "kein Postfach", "topics": ["x"], "urgency": "now"}),
        "clean_form": GuideForm(),
        "step": NextStep(
            "17 of 96 small and medium-sized companies have not been heard yet.", "Open the call list", "#"
        ),
        "checks": [
            (
                Check(number, state, "112 of 138 actors heard", "Call six members", "#", number == 5),
                f"Point {number}",
            )
            for number, state in enumerate(states, start=1)
        ],
        "page": Paginator(range(1474), 50).page(7),
        "rows": [
            {"name": name, "country": "DE", "founded": 1998 + place} for place, name in enumerate(names)
        ],
        "groups": [
            {
                "label": "Kind",
                "choices": [
                    {"label": "SME", "count": 1096, "url": "?kind=sme", "is_on": True},
                    {"label": "Research", "count": 18, "url": "?kind=research", "is_on": False},
                ],
            }
        ],
        "links": [
            {"label": "23 needs: test fields", "url": "#"},
            {"label": "Goal: common standards", "url": "#", "is_here": True},
            {"label": "Partner: Eindhoven"},
            {"label": "no indicator yet", "is_missing": True},
        ],
        "differences": [Difference("Name", "Förde Sensorik AG", "Förde Sensorik GmbH")],
        "events": [
            {"when": datetime(2026, 11, 21, 18, 40, tzinfo=UTC), "who": "Ole Brandt", "what": "Name changed"}
        ],
        "steps": ["Name", "Members", "Languages", "Done"],
        "crumbs": [("Members", "#"), ("Directory", "#")],
        "area": "members",
    }


def guide(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    request.cluster = Cluster()
    request.can_manage = True
    request.area_counts = {"today": 3}
    return HttpResponse(engines["django"].from_string(GUIDE.read_text()).render(guide_context(), request))


def points(request: HttpRequest) -> HttpResponse:
    """Give two places to the map."""
    places = {"Kiel": [10.13, 54.32], "Eindhoven": [5.48, 51.44]}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": where},
            "properties": {"label": name, "note": "12 members", "url": "#"},
        }
        for name, where in places.items()
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def plain(request: HttpRequest) -> HttpResponse:
    """Show the layout without areas."""
    return render(request, "404.html")


def stand_ins(*routes: str) -> list:
    """Return pages that show the style guide, each named by the last fixed part of its route."""
    return [
        path(route, guide, name=route.strip("/").split("/")[-1].split(":")[-1].strip(">")) for route in routes
    ]


JOURNEY = stand_ins(
    "<slug:cluster>/today/", "<slug:cluster>/search/", "<slug:cluster>/help/", "<slug:cluster>/<slug:area>/"
)
ACCOUNTS = stand_ins("profile/", "clusters/", "<slug:cluster>/settings/")

urlpatterns = [
    path("ui/", include("kontor.ui.urls")),
    path("language/", set_language, name="set_language"),
    path("log-out/", guide, name="account_logout"),
    path("log-in/", guide, name="account_login"),
    path("plain/", plain),
    path("points/", points, name="points"),
    path("guide/", guide, name="guide"),
    path("", include((ACCOUNTS, "accounts"))),
    path("m/", include((stand_ins("<slug:cluster>/overview/"), "actors"))),
    path("s/", include((stand_ins("<slug:cluster>/overview/"), "strategy"))),
    path("", include((JOURNEY, "journey"))),
]
