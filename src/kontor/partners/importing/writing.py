"""Write the rows of an import and note every row made, so that all of it can be taken back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from kontor.accounts.models import User
from kontor.accounts.services import claim_edit
from kontor.actors.models import Competence
from kontor.partners.catalogue import fields
from kontor.partners.importing.columns import FACT
from kontor.partners.importing.matching import NEW
from kontor.partners.importing.plan import Plan, Ready
from kontor.partners.models import Fact, Partner, PartnerCompetence, PartnerContact, PartnerImport, Stage
from kontor.partners.services.known import add_contact, set_competence
from kontor.partners.services.profile import add_partner
from kontor.partners.services.writing import set_key
from kontor.partners.values import checked, same

# What a profile that is there takes from a list where it has nothing of its own.
_FILLED = ("short_name", "city", "region", "website", "languages", "reference")


class Writer:
    """Writes one import. changes: for the undo; report: counts for the last page."""

    def __init__(self, batch: PartnerImport, user: User | None) -> None:
        self._batch, self._user = batch, user
        self._source, self._as_of = batch.staged["source"], date.fromisoformat(batch.staged["as_of"])
        self._by_row: dict[int, Partner] = {}
        self._competences: dict[int, Competence] = {}
        self._facts: list[Fact] = []
        self._made: dict[str, list[int]] = defaultdict(list)
        self._filled: dict[str, Any] = {}

    @property
    def changes(self) -> dict[str, Any]:
        """Return what was written, beside facts and profiles, which point to the import themselves."""
        return {**self._made, "filled": self._filled}

    @property
    def report(self) -> dict[str, int]:
        """Return what was written, in figures."""
        new = Partner.objects.filter(imported_in=self._batch).count()
        known = len({partner.pk for partner in self._by_row.values()}) - new
        return {"new": new, "known": known, "facts": len(self._facts)}

    def write(self, planned: Plan) -> None:
        """Write everything; facts that stand there already are left out."""
        wanted = {key for each in planned.ready for key, _level in each.competences}
        self._competences = Competence.objects.in_bulk(wanted)
        targets = [int(each.target[2:]) for each in planned.ready if each.target.startswith("p:")]
        known = Partner.objects.filter(cluster=self._batch.cluster).in_bulk(targets)
        for each in planned.ready:
            self._by_row[each.row] = self._partner(each, known)
            self._write_facts(each)
            self._write_more(each)
        Fact.objects.bulk_create(self._facts, batch_size=500)

    def _partner(self, each: Ready, known: dict[int, Partner]) -> Partner:
        if each.target.startswith("r:"):
            return self._by_row[int(each.target[2:])]
        if each.target != NEW:
            return self._fill(known[int(each.target[2:])], each)
        values = each.values
        plain = ("name", "country", "short_name", "city", "region", "website", "reference")
        head: dict[str, Any] = {name: values[name] or "" for name in plain}
        return add_partner(
            cluster=self._batch.cluster,
            **head,
            languages=values["languages"] or (),
            description=values["description"] or None,
            stage=values["stage"] or Stage.LEAD,
            reason=values["reason"] or "",
            by=self._user,
            imported_in=self._batch,
        )

    def _fill(self, partner: Partner, each: Ready) -> Partner:
        """Give a profile that is there what it lacks; nothing of it is overwritten."""
        lacking = [name for name in _FILLED if not getattr(partner, name) and each.values[name]]
        if not lacking:
            return partner
        current = claim_edit(partner, Partner.objects.get(pk=partner.pk).version)
        for name in lacking:
            value = each.values[name]
            setattr(current, name, list(value) if name == "languages" else value)
        set_key(current)
        current.full_clean()
        current.save()
        self._filled[str(current.pk)] = {"names": lacking, "version": current.version}
        return current

    def _write_facts(self, each: Ready) -> None:
        partner, values = self._by_row[each.row], each.values
        as_of = values["as_of"] or self._as_of
        said = {"source": values["source"] or self._source, "source_url": values["source_url"] or ""}
        there = {
            fact.field: fact for fact in Fact.objects.filter(partner=partner, as_of=as_of).order_by("pk")
        }
        for code, field in fields().items():
            value = values[f"{FACT}{code}"]
            if value in (None, "", ()):
                continue
            columns = checked(field, value)
            if code in there and same(columns, there[code]):
                continue
            self._facts.append(
                Fact(
                    cluster=self._batch.cluster,
                    partner=partner,
                    field=code,
                    as_of=as_of,
                    entered_by=self._user,
                    imported_in=self._batch,
                    **columns,
                    **said,
                )
            )

    def _write_more(self, each: Ready) -> None:
        """Write competences and the contact; those that are there stay as they are."""
        partner, values = self._by_row[each.row], each.values
        held = set(PartnerCompetence.objects.filter(partner=partner).values_list("competence_id", flat=True))
        for key, level in each.competences:
            if key not in held:
                row = set_competence(
                    partner=partner,
                    competence=self._competences[key],
                    level=level,
                    source=values["source"] or self._source,
                    as_of=values["as_of"] or self._as_of,
                )
                held.add(key)
                self._made["competences"].append(row.pk)
        name, email = values["contact_name"] or "", values["contact_email"] or ""
        if not (name or email):
            return
        if not PartnerContact.objects.filter(partner=partner, name=name or email).exists():
            contact = add_contact(
                partner=partner, name=name or email, role=values["contact_role"] or "", email=email
            )
            self._made["contacts"].append(contact.pk)
