"""Lists as files: XLSX for people, CSV for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.columns import ListColumn
from kontor.actors.forms.base import language
from kontor.actors.models import JointProject, Person
from kontor.actors.queries.directory import Listing
from kontor.actors.queries.people import consent_of
from kontor.reports.lists import ListRow, write_csv, write_xlsx
from kontor.reports.model import Column

FORMATS = ("xlsx", "csv")
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def organisations_file(
    listing: Listing, columns: Sequence[ListColumn], file_format: str, *, cluster: Cluster
) -> HttpResponse:
    """Return the organisations with the columns that the reader may see."""
    heads = [Column(_("Name")), *(Column(column.label, column.kind) for column in columns)]
    rows = [(row.name, *(column.cell(row, listing) for column in columns)) for row in listing.rows]
    return list_file(_("Organisations"), heads, rows, file_format, cluster=cluster)


def people_file(people: Iterable[Person], file_format: str, *, cluster: Cluster) -> HttpResponse:
    """Return the people with their consent."""
    titles = (
        *(_("Family name"), _("Given name"), _("Function"), _("Organisation"), _("E-mail address")),
        *(_("Telephone"), _("Language"), _("Consent"), _("Agreed on")),
    )
    rows = [
        (
            *(person.family_name, person.given_name, person.function, person.organisation.name),
            *(person.email, person.phone, person.get_language_display(), str(consent_of(person).label)),
            person.consent_on,
        )
        for person in people
    ]
    return list_file(_("People"), [Column(title) for title in titles], rows, file_format, cluster=cluster)


def projects_file(projects: Iterable[JointProject], file_format: str, *, cluster: Cluster) -> HttpResponse:
    """Return the joint projects; they carry `participants`, `members` and `foreign_participants`."""
    counts = ("participants", "members", "foreign_participants")
    texts = (_("Acronym"), _("Title"), _("Programme"), _("Number"), _("Start"), _("End"))
    heads = [Column(title) for title in texts]
    heads += [Column(title, "count") for title in (_("Participants"), _("Members"), _("From abroad"))]
    rows = [
        (
            *(project.acronym, str(project.title), project.programme, project.reference),
            *(project.start, project.end),
            *(getattr(project, name) for name in counts),
        )
        for project in projects
    ]
    return list_file(_("Joint projects"), heads, rows, file_format, cluster=cluster)


def list_file(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[ListRow],
    file_format: str,
    *,
    cluster: Cluster,
) -> HttpResponse:
    """Return a list as a file to download, named after the cluster, the list and the day."""
    is_xlsx = file_format == "xlsx"
    content = write_xlsx(title, columns, rows) if is_xlsx else write_csv(columns, rows, language())
    name = f"{cluster.slug}-{title}-{timezone.localdate():%Y-%m-%d}.{file_format}".lower().replace(" ", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_TYPES[file_format], headers=headers)
