"""Draft an agreement from a catalogue of clauses, change its head, throw a draft away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from kontor.accounts.models import Cluster, User
from kontor.accounts.services import claim_edit
from kontor.agreements.catalogue import CatalogueClause, Kind, kinds
from kontor.agreements.models import Agreement, Clause, Negotiator, Side, Wording
from kontor.agreements.problems import AgreementError
from kontor.agreements.services.holding import hold
from kontor.agreements.speaker import Speaker, our_speaker
from kontor.agreements.texts import LANGUAGES, fill, in_languages

# placeholder → language → text
Filled = Mapping[str, Mapping[str, str]]


@transaction.atomic
def draft_agreement(
    *,
    cluster: Cluster,
    kind: str,
    counterpart: str,
    languages: Sequence[str],
    clause_codes: Iterable[str],
    user: User,
    our_name: str = "",
    title: Mapping[str, str] | None = None,
    filled_in: Filled | None = None,
    reference: str = "",
) -> Agreement:
    """Return a new draft with clauses of the catalogue, in its order, placeholders filled as far as known.

    our_name, title: the cluster's name and the catalogue's title, if left out. filled_in: placeholder →
    language → text; what is missing stands in the clauses as a gap. reference: what it is about, named by
    the room that asks, such as "cooperation:7". user: speaks for the own side and hears of news.

    Raises AgreementError "agreement.kind_unknown", "agreement.no_language", "agreement.no_counterpart" or
    "clause.not_in_the_catalogue".
    """
    found = _kind_of(kind)
    spoken = _languages_of(languages)
    named = counterpart.strip()
    if not named:
        raise AgreementError("agreement.no_counterpart")
    ours = our_name.strip() or cluster.name
    names = {"us": ours, "them": named}
    given = title or {code: fill(found.titles[code], names) for code in spoken}
    agreement = Agreement.objects.create(
        cluster=cluster,
        kind=kind,
        title=in_languages(given, spoken),
        our_name=ours,
        counterpart=named,
        languages=spoken,
        reference=reference,
        filled_in={code: dict(texts) for code, texts in (filled_in or {}).items()},
    )
    speaker = our_speaker(user)
    for position, clause in enumerate(_chosen(found, clause_codes), start=1):
        lay_down(agreement, clause, position, speaker)
    Negotiator.objects.create(
        **{"cluster": cluster, "agreement": agreement, "side": Side.US, "user": user},
        **{"name": speaker.name, "email": user.email, "language": user.language, "organisation": ours},
    )
    return agreement


@transaction.atomic
def update_agreement(
    *, agreement: Agreement, expected_version: int, title: Mapping[str, str], our_name: str, counterpart: str
) -> Agreement:
    """Return the agreement with another head, or raise EditConflict and change nothing.

    Raises AgreementError "agreement.no_title", "agreement.no_counterpart" or, where both sides have agreed
    or it was given up, "agreement.is_agreed" or "agreement.is_cancelled".
    """
    hold(agreement, Agreement.State.DRAFT, Agreement.State.NEGOTIATING)
    current = claim_edit(agreement, expected_version)
    current.title = in_languages(title, current.languages)
    if not str(current.title).strip():
        raise AgreementError("agreement.no_title")
    if not our_name.strip() or not counterpart.strip():
        raise AgreementError("agreement.no_counterpart")
    current.our_name, current.counterpart = our_name.strip(), counterpart.strip()
    current.save(update_fields=["title", "our_name", "counterpart", "updated_at"])
    return current


@transaction.atomic
def delete_draft(*, agreement: Agreement) -> None:
    """Throw away a draft that nobody outside has seen; raises AgreementError for any other state."""
    hold(agreement, Agreement.State.DRAFT).delete()


def lay_down(agreement: Agreement, found: CatalogueClause, position: int, speaker: Speaker) -> Clause:
    """Return the catalogue's clause as one of the agreement, with its first wording."""
    heading = {code: found.headings[code] for code in agreement.languages}
    text = {code: fill(found.texts[code], values_in(agreement, code)) for code in agreement.languages}
    clause = Clause.objects.create(
        cluster_id=agreement.cluster_id,
        agreement=agreement,
        position=position,
        code=found.code,
        group=found.group,
        heading=in_languages(heading, agreement.languages),
        current_number=1,
    )
    Wording.objects.create(
        clause=clause,
        number=1,
        round=agreement.round,
        side=speaker.side,
        author_name=speaker.name,
        heading=clause.heading,
        text=in_languages(text, agreement.languages),
        created_at=timezone.now(),
    )
    return clause


def values_in(agreement: Agreement, language: str) -> dict[str, str]:
    """Return placeholder → text in a language: names, what was filled in, and gaps for the rest."""
    values = {"us": agreement.our_name, "them": agreement.counterpart}
    for placeholder in _kind_of(agreement.kind).placeholders:
        said = agreement.filled_in.get(placeholder.code, {}).get(language, "").strip()
        values[placeholder.code] = said or placeholder.gap(language)
    return values


def _kind_of(code: str) -> Kind:
    found = kinds().get(code)
    if found is None:
        raise AgreementError("agreement.kind_unknown", wanted=code)
    return found


def _languages_of(wanted: Sequence[str]) -> list[str]:
    spoken = [code for code in dict.fromkeys(wanted) if code in LANGUAGES]
    if not spoken:
        raise AgreementError("agreement.no_language")
    return spoken


def _chosen(kind: Kind, codes: Iterable[str]) -> list[CatalogueClause]:
    wanted = set(codes)
    unknown = wanted - set(kind.clauses)
    if unknown:
        raise AgreementError("clause.not_in_the_catalogue", wanted=", ".join(sorted(unknown)))
    return [clause for clause in kind.clauses.values() if clause.code in wanted]
