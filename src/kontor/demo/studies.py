"""The demo's partner study: who judged what, what came out, and open figures of the candidates' countries."""

from __future__ import annotations

from datetime import date

from kontor.accounts.models import Cluster, User
from kontor.countries.services.folder import load_figures
from kontor.countries.services.sheets import create_sheet, write_entry
from kontor.criteria.queries import latest_version
from kontor.demo.chance import chance
from kontor.demo.clusters import Clusters
from kontor.demo.people import DOMAIN
from kontor.demo.reading import Entry, entries
from kontor.goals.models import Goal
from kontor.studies.models import Assessor, Study, StudyCandidate, StudyCriterion
from kontor.studies.services.filling import fill
from kontor.studies.services.inviting import add_assessor
from kontor.studies.services.judging import Judgement, agree_score, hand_in_scores, save_score
from kontor.studies.services.preparing import create_study, start_judging
from kontor.studies.services.preparing_candidates import add_candidates
from kontor.studies.services.preparing_criteria import add_criteria
from kontor.studies.services.weighing import TypedWeights, hand_in_weights
from kontor.studies.services.weighing_group import open_weights

_LEAST, _MOST = 1.0, 5.0
_TOP = "_"


def quote_figures(cluster: Cluster, by: User) -> None:
    """Quote open figures of the countries in question."""
    for entry in entries("countries", "quoted"):
        figures = {
            (country, int(year)): value
            for country, years in entry["figures"].items()
            for year, value in years.items()
        }
        load_figures(cluster=cluster, code=entry["code"], figures=figures, source=entry["source"], user=by)


def look_at_countries(cluster: Cluster, on: date) -> None:
    """Write the sheets of the countries that come first into question."""
    for entry in entries("countries", "sheet"):
        sheet = create_sheet(
            cluster=cluster, **{name: entry[name] for name in ("country", "title", "conclusion")}
        )
        for said in entry["entry"]:
            write_entry(sheet=sheet, on=on, **(said | {"as_of": date.fromisoformat(said["as_of"])}))


def hold_study(cluster: Cluster, clusters: Clusters, by: User, on: date) -> Study:
    """Prepare the study, let everybody weigh and score, and open the weights."""
    (entry,) = entries("study", "study")
    version = latest_version(cluster)
    assert version is not None
    study = create_study(
        cluster=cluster,
        title=entry["title"],
        question=entry["question"],
        catalogue_version=version,
        goals=Goal.objects.filter(cluster=cluster)[:3],
        created_by=by,
    )
    add_candidates(study=study, partner_ids=[clusters[key].pk for key in entry["candidates"]])
    add_criteria(study=study, codes=entry["criteria"])
    people = [_assessor(study, each) for each in entries("study", "person")]
    start_judging(study=study)
    fill(study=study, on=on)
    of_key = {key: study.candidates.get(partner=clusters[key]) for key in entry["candidates"]}
    criteria = {each.code: each for each in study.criteria.all()}
    for person, said in zip(people, entries("study", "person"), strict=True):
        _weigh(person, said)
        _score(person, said, of_key, criteria)
    _agree(of_key, criteria)
    return open_weights(study=study)


def _assessor(study: Study, said: Entry) -> Assessor:
    email = said.get("email") or f"{said['account']}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    return add_assessor(study=study, name=said["name"], email=email, group=said["group"], user=user)


def _weigh(person: Assessor, said: Entry) -> None:
    """Hand in the weights as somebody would type them; families of one criterion need nothing more."""
    field = {"ranking": "rank", "cards": "rank"}.get(said["technique"], "value")
    fields = {f"{field}:{_TOP}:{family}": str(value) for family, value in said["families"].items()}
    if said["technique"] == "cards":
        fields[f"ratio:{_TOP}"] = "6"
    if said["technique"] == "swing":
        fields[f"best:{_TOP}"] = max(said["families"], key=lambda family: said["families"][family])
    for code, value in said.get("criteria", {}).items():
        fields[f"{field}:cluster:{code}"] = str(value)
    hand_in_weights(assessor=person, typed=TypedWeights(said["technique"], fields, edition=0))


def _score(
    person: Assessor,
    said: Entry,
    candidates: dict[str, StudyCandidate],
    criteria: dict[str, StudyCriterion],
) -> None:
    for judged in entries("study", "judged"):
        for code, value in judged["scores"].items():
            save_score(
                assessor=person,
                candidate=candidates[judged["candidate"]],
                criterion=criteria[code],
                judgement=_judgement(person, judged, code, value + said["bias"] if value else 0),
                edition=0,
            )
    hand_in_scores(assessor=person)


def _judgement(person: Assessor, judged: Entry, code: str, around: float) -> Judgement:
    """Return this person's opinion: near what most think, and 0 = nobody knows."""
    if not around:
        return Judgement(None)
    drawn = chance(person.email, f"{judged['candidate']} {code}")
    value = round(min(max(around + (drawn - 50) / 50, _LEAST), _MOST))
    evidence = judged.get("evidence", {}).get(code, "")
    return Judgement(float(value), confidence=3 if evidence else 2, evidence=evidence)


def _agree(candidates: dict[str, StudyCandidate], criteria: dict[str, StudyCriterion]) -> None:
    for entry in entries("study", "agreed"):
        for key, value in entry["scores"].items():
            agree_score(
                candidate=candidates[key],
                criterion=criteria[entry["code"]],
                judgement=Judgement(float(value), confidence=3, evidence=entry["reason"]),
            )
