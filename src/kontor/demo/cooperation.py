"""The demo's decision, how candidates see the cluster, the protocol with the partner, and life since."""

from __future__ import annotations

from datetime import date
from typing import Any

from kontor.accounts.models import Cluster, User
from kontor.agreements.catalogue import kinds
from kontor.agreements.models import Agreement, Side, Wording
from kontor.agreements.services import accept, comment, draft_agreement, freeze, open_negotiation
from kontor.agreements.speaker import Speaker, our_speaker
from kontor.cooperation.queries import PROTOCOL, reference_of
from kontor.cooperation.services import add_participant, add_task, finish_task, plan_activity, set_state
from kontor.demo.actors import Known
from kontor.demo.clusters import Clusters
from kontor.demo.reading import Entry, day, entries
from kontor.goals.models import Goal
from kontor.partners.models import Partner
from kontor.studies.models import Study
from kontor.studies.services.deciding import decide
from kontor.studies.services.mutual import ask, save_answers


def hear_candidates(study: Study, clusters: Clusters) -> None:
    """Let two candidates say how they see the cluster."""
    for said in entries("cooperation", "view"):
        candidate = study.candidates.get(partner=clusters[said["candidate"]])
        codes = list(said["answers"])
        view = ask(
            candidate=candidate, codes=codes, **{name: said[name] for name in ("name", "email", "language")}
        )
        typed = {
            code: {"value": str(value), "comment": said["comments"].get(code, "")}
            for code, value in said["answers"].items()
        }
        save_answers(view=view, typed=typed, edition=view.version, hands_in=True)


def take_decision(study: Study, clusters: Clusters, by: User) -> None:
    """Decide as the board did."""
    (entry,) = entries("study", "study")
    decide(
        study=study,
        chosen=[study.candidates.get(partner=clusters[entry["chosen"]])],
        reasons=entry["reasons"],
        dissent=entry["dissent"],
        on=date.fromisoformat(entry["decided_on"]),
        by=by,
    )


def agree_on_protocol(cluster: Cluster, clusters: Clusters, by: User) -> Agreement:
    """Negotiate the protocol with the partner until both sides have accepted every clause, and freeze it."""
    (entry,) = entries("cooperation", "protocol")
    partner = clusters[entry["partner"]]
    kind = kinds()[PROTOCOL]
    agreement = draft_agreement(
        cluster=cluster,
        kind=PROTOCOL,
        counterpart=partner.name,
        languages=["de", "en"],
        clause_codes=[clause.code for clause in kind.clauses.values() if clause.is_recommended],
        user=by,
        filled_in=_filled_in(entry["filled_in"]),
        reference=reference_of(partner),
    )
    us, them = our_speaker(by), Speaker(Side.THEM, entry["guest"])
    open_negotiation(agreement=agreement, speaker=us)
    for number, said in enumerate(entries("cooperation", "comment")):
        clause = agreement.clauses.order_by("position")[number]
        comment(clause=clause, speaker=us if said["side"] == "us" else them, text=said["text"])
    for clause in agreement.clauses.all():
        wording = Wording.objects.get(clause=clause, number=clause.current_number)
        for speaker in (us, them):
            accept(wording=wording, speaker=speaker)
    freeze(agreement=agreement, user=by)
    return agreement


def live_together(cluster: Cluster, clusters: Clusters, known: Known, by: User) -> None:
    """Visit each other, found a group, plan a delegation."""
    goals = list(Goal.objects.filter(cluster=cluster)[:2])
    for entry in entries("cooperation", "activity"):
        _activity(cluster, clusters[entry["partner"]], known, entry, {"goals": goals, "responsible": by})


def _activity(cluster: Cluster, partner: Partner, known: Known, entry: Entry, more: dict[str, Any]) -> None:
    activity = plan_activity(
        cluster=cluster,
        partner=partner,
        starts_on=date.fromisoformat(entry["starts_on"]),
        ends_on=day(entry, "ends_on"),
        **{name: entry[name] for name in ("kind", "title", "aim", "place", "country")},
        **more,
    )
    for name in entry["members"]:
        add_participant(activity=activity, side="ours", organisation=known[name])
    for name, function in entry["guests"]:
        add_participant(activity=activity, side="theirs", name=name, function=function)
    for said in entry.get("task", ()):
        task = add_task(activity=activity, title=said["title"], who=said["who"], due=day(said, "due"))
        done_on = day(said, "done_on")
        if done_on:
            finish_task(task=task, on=done_on, outcome=said["outcome"])
    if entry["state"] != "planned":
        set_state(activity=activity, state=entry["state"], on=date(2026, 11, 21), result=entry.get("result"))


def _filled_in(said: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Return an answer to everything that the clauses leave open: what was said, else the usual choice."""
    filled = {}
    for placeholder in kinds()[PROTOCOL].placeholders:
        if placeholder.code in said:
            filled[placeholder.code] = said[placeholder.code]
        elif placeholder.options:
            usual = next(each for each in placeholder.options if each.code == placeholder.default)
            filled[placeholder.code] = dict(usual.texts)
    return filled
