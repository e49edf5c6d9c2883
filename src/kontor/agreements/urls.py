"""Routes of this room: for the cluster management, for readers, and with a signed link for guests."""

from __future__ import annotations

from django.urls import path

from kontor.agreements.views import clauses, drafting, guest, overview, people, single, versions

app_name = "agreements"

_ONE = "<int:agreement_id>/"
_LINK = "negotiate/<str:token>/"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("agreements.xlsx", overview.export, {"form": "xlsx"}, name="export-xlsx"),
    path("agreements.csv", overview.export, {"form": "csv"}, name="export-csv"),
    path("new/", drafting.create, name="create"),
    path(_ONE, single.detail, name="detail"),
    path(f"{_ONE}edit/", drafting.edit, name="edit"),
    path(f"{_ONE}delete/", drafting.delete, name="delete"),
    path(f"{_ONE}accept/", single.accept_ticked, name="accept"),
    path(f"{_ONE}stage/", single.change_stage, name="stage"),
    path(f"{_ONE}final/", single.freeze, name="freeze"),
    path(f"{_ONE}amend/", single.amend, name="amend"),
    path(f"{_ONE}clauses.xlsx", single.export, {"form": "xlsx"}, name="clauses-xlsx"),
    path(f"{_ONE}clauses.csv", single.export, {"form": "csv"}, name="clauses-csv"),
    path(f"{_ONE}draft/<slug:language>/<slug:form>/", versions.draft_download, name="draft-download"),
    path(f"{_ONE}clauses/add/", clauses.add, name="clause-add"),
    path(f"{_ONE}clauses/catalogue/", clauses.add_from_catalogue, name="clause-catalogue"),
    path(f"{_ONE}clauses/back/", clauses.put_back, name="clause-back"),
    path(f"{_ONE}clauses/<int:clause_id>/", clauses.clause, name="clause"),
    path(f"{_ONE}clauses/<int:clause_id>/move/", clauses.move, name="clause-move"),
    path(f"{_ONE}people/", people.people, name="people"),
    path(f"{_ONE}people/invite/", people.invite, name="invite"),
    path(f"{_ONE}people/<int:negotiator_id>/", people.edit, name="negotiator"),
    path(f"{_ONE}people/<int:negotiator_id>/act/", people.act, name="negotiator-act"),
    path(f"{_ONE}people/<int:negotiator_id>/link/", people.link, name="negotiator-link"),
    path(f"{_ONE}compare/", versions.comparison, name="comparison"),
    path(f"{_ONE}versions/<int:number>/", versions.version, name="version"),
    path(f"{_ONE}versions/<int:number>/sign/", versions.sign, name="sign"),
    path(
        f"{_ONE}versions/<int:number>/<slug:language>/<slug:form>/",
        versions.download,
        name="version-download",
    ),
    path(_LINK, guest.overview, name="guest"),
    path(f"{_LINK}accept/", guest.accept_ticked, name="guest-accept"),
    path(f"{_LINK}clauses/add/", guest.add, name="guest-add"),
    path(f"{_LINK}clauses/<int:clause_id>/", guest.clause, name="guest-clause"),
    path(f"{_LINK}draft/<slug:language>/<slug:form>/", guest.draft_download, name="guest-draft"),
    path(f"{_LINK}versions/<int:number>/", guest.version, name="guest-version"),
    path(
        f"{_LINK}versions/<int:number>/<slug:language>/<slug:form>/",
        guest.version_download,
        name="guest-version-download",
    ),
]
