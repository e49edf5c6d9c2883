"""Call lists and campaigns as Excel and CSV files."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kontor.accounts.models import Cluster
from kontor.actors.exports import list_file
from kontor.actors.models import Organisation, Person
from kontor.listening.models import CallCampaign, CallTarget
from kontor.reports.model import Column


def campaigns_file(campaigns: Iterable[CallCampaign], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the campaigns with where they stand; they carry `members`, `talked` and `finished`."""
    columns = [
        *(Column(title) for title in (_("Name"), _("State"), _("Started on"))),
        *(Column(title, "count") for title in (_("Members"), _("Talked"), _("Through"))),
    ]
    rows = [
        (
            *(each.name, each.get_state_display(), timezone.localdate(each.created_at)),
            *(getattr(each, name) for name in ("members", "talked", "finished")),
        )
        for each in campaigns
    ]
    return list_file(_("Phone campaigns"), columns, rows, form, cluster=cluster)


def targets_file(targets: QuerySet[CallTarget], form: str, *, cluster: Cluster) -> HttpResponse:
    """Return the call list with whom to call and what came of it; they come from `listed_targets`."""
    texts = (
        *(_("Organisation"), _("Kind"), _("Town"), _("Contact"), _("Telephone"), _("State")),
        *(_("Last outcome"), _("Last call"), _("Called by"), _("Call back"), _("Talked to"), _("Notes")),
    )
    columns = [*(Column(title) for title in texts), Column(_("Calls"), "count")]
    found = list(targets)
    prefetch_related_objects([each.organisation for each in found], "people")
    rows = [
        (
            *(each.organisation.name, each.organisation.get_kind_display(), each.organisation.city),
            *_contact(each.organisation),
            *(each.get_state_display(), each.get_outcome_display() if each.outcome else ""),
            *(_moment(getattr(each, "called_at", None)), getattr(each, "called_by_name", "") or ""),
            *(_moment(each.call_back_at), str(each.person or ""), each.notes, each.attempts),
        )
        for each in found
    ]
    return list_file(_("Call list"), columns, rows, form, cluster=cluster)


def _contact(organisation: Organisation) -> tuple[str, str]:
    """Return the first person who may be called, as prefetched."""
    people: list[Person] = [each for each in organisation.people.all() if not each.consent_withdrawn_on]
    person = min(people, key=lambda each: not each.phone, default=None)
    return (str(person), person.phone) if person else ("", "")


def _moment(moment: object) -> str:
    """Return a time as text that Excel and people read alike, "" for none."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""  # type: ignore[arg-type]
