"""The lists of this room as Excel and CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.actors.models import Organisation
from kontor.needs.models import Need
from kontor.needs.reasons import said_in
from kontor.reports.model import Column
from kontor.ui.vocabulary import country_name


def needs_file(needs: Iterable[Need], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the needs as a file that the import takes back unchanged; needs come with `merged` at hand."""
    titles = (
        *(_("Organisation"), _("Topic"), _("Kind"), _("In the member’s words")),
        *(_("Target country"), _("Urgency"), _("Source"), _("Recorded on")),
        *(_("Also said in"), _("Counted as")),
    )
    language = get_language() or "en"
    rows = [
        (
            *(need.organisation.name, str(need.topic), need.get_kind_display(), need.statement),
            country_name(need.country, language) if need.country else "",
            *(need.get_urgency_display(), need.get_source_display(), need.recorded_on),
            "; ".join(said_in(each) for each in need.merged.all()),
            need.merged_into.statement if need.merged_into else "",
        )
        for need in needs
    ]
    return list_file(_("Needs"), [Column(title) for title in titles], rows, form, cluster=cluster)


def silent_file(members: Iterable[Organisation], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the members who have not been heard, with whom to call."""
    titles = (
        *(_("Organisation"), _("Kind"), _("Town")),
        *(_("Contact"), _("Telephone"), _("E-mail address")),
    )
    rows = [(each.name, each.get_kind_display(), each.city, *_contact(each)) for each in members]
    return list_file(_("Call list"), [Column(title) for title in titles], rows, form, cluster=cluster)


def template_file(titles: Sequence[str], *, cluster: Cluster) -> HttpResponse:
    """Return an empty list with the headings that the import knows, and one row as an example."""
    example = [_("Example GmbH"), _("Access to markets"), _("We look for a distributor.")]
    row = [*example, *("" for _title in titles[len(example) :])]
    return list_file(_("Needs template"), [Column(title) for title in titles], [row], "xlsx", cluster=cluster)


def _contact(member: Organisation) -> tuple[str, str, str]:
    """Return the first person on file, as prefetched."""
    person = next(iter(member.people.all()), None)
    return (str(person), person.phone, person.email) if person else ("", "", "")
