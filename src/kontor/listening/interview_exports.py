"""The lists of interviews as Excel and CSV files; what was said in them stays in the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.actors.queries.segments import Dimension
from kontor.listening.models import Interview, InterviewStudy
from kontor.listening.sample import code_of, said, sample_in
from kontor.methods.sampling import Stratum
from kontor.reports.lists import ListRow
from kontor.reports.model import Column


def studies_file(studies: Iterable[Any], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the series; they carry `asked`, `appointed` and `held`."""
    columns = [
        *(Column(_("Name")), Column(_("State")), Column(_("Grouped by")), Column(_("Members as of"))),
        *(Column(_("Seed")), Column(_("Interviews"), "count")),
        *(Column(_("Appointments"), "count"), Column(_("Held"), "count")),
    ]
    rows: list[ListRow] = [
        (
            *(each.name, each.get_state_display(), _dimensions(each.dimensions), each.population_on),
            *(str(each.seed), each.asked or each.size, each.appointed, each.held),
        )
        for each in studies
    ]
    return list_file(_("Interviews"), columns, rows, form, cluster=cluster)


def interviews_file(
    study: InterviewStudy, interviews: Iterable[Interview], form: str, *, cluster: Cluster
) -> HttpResponse:
    """Return everybody on the list with what the draw says of each, and how it went."""
    strata = _strata(study)
    texts = (_("Organisation"), _("Town"), _("Group"), _("Drawn as"))
    columns = [Column(title) for title in texts]
    columns += [Column(_("Place in the draw"), "count"), Column(_("Members in the group"), "count")]
    columns += [Column(_("Chance"), "percent"), Column(_("Weight"), "decimal")]
    more = (_("State"), _("Stands in for"), _("Talk with"), _("Appointment"), _("Interviewer"), _("Held on"))
    columns += [Column(title) for title in more]
    rows = [_row(study, each, strata.get(each.stratum)) for each in interviews]
    return list_file(_("Interviews"), columns, rows, form, cluster=cluster)


def account_file(study: InterviewStudy, form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the groups with population, places, chance and weight."""
    columns = [Column(Dimension(each).label) for each in study.drawn.get("dimensions", ())]
    columns += [Column(_("Members"), "count"), Column(_("Interviews"), "count")]
    columns += [Column(_("Chance"), "percent"), Column(_("Weight"), "decimal"), Column(_("Seed"))]
    rows: list[ListRow] = [
        (
            *(each["labels"]),
            *(each["population"], each["allotted"], each["probability"], each["weight"]),
            str(study.drawn["seed"]),
        )
        for each in strata_rows(study)
    ]
    return list_file(_("Account of the draw"), columns, rows, form, cluster=cluster)


def strata_rows(study: InterviewStudy) -> list[dict[str, Any]]:
    """Return each group of the frozen account in words and figures, those with most interviews first."""
    if not study.drawn:
        return []
    dimensions = [Dimension(each) for each in study.drawn["dimensions"]]
    rows = [
        {
            "labels": [
                str(dimension.groups.get(group, group))
                for dimension, group in zip(dimensions, each.groups, strict=True)
            ],
            "group": said(code_of(each.groups), dimensions) or _("all members"),
            "population": each.population,
            "allotted": each.allotted,
            "probability": each.probability,
            "weight": each.weight,
        }
        for each in sample_in(study.drawn).strata
    ]
    return sorted(rows, key=lambda row: (-row["allotted"], -row["population"], row["group"]))


def _row(study: InterviewStudy, interview: Interview, stratum: Stratum | None) -> ListRow:
    is_counted = stratum is not None and interview.rank > 0
    return (
        *(interview.organisation.name, interview.organisation.city),
        said(interview.stratum, study.dimensions) or _("all members"),
        interview.get_role_display(),
        interview.rank or None,
        stratum.population if stratum else None,
        stratum.probability if stratum and is_counted else None,
        stratum.weight if stratum and is_counted else None,
        interview.get_state_display(),
        interview.replaces.organisation.name if interview.replaces else "",
        str(interview.person or ""),
        interview.appointed_at,
        str(interview.interviewer or ""),
        interview.held_on,
    )


def _strata(study: InterviewStudy) -> dict[str, Stratum]:
    if not study.drawn:
        return {}
    return {code_of(each.groups): each for each in sample_in(study.drawn).strata}


def _dimensions(codes: Iterable[str]) -> str:
    return " × ".join(str(Dimension(each).label) for each in codes)
