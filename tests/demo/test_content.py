"""The demo cluster's files agree with each other and with the catalogues; no database needed."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

KONTOR = Path(__file__).parents[2] / "src" / "kontor"
CATALOGUES = {
    "goals": KONTOR / "goals/catalogue/goals.toml",
    "points": KONTOR / "journey/catalogue/points.toml",
    "sections": KONTOR / "strategy/catalogue/sections.toml",
    "competences": KONTOR / "actors/catalogue/competences.toml",
    "topics": KONTOR / "needs/catalogue/topics.toml",
}
CONTENT = {path.stem: path for path in (KONTOR / "demo/content").glob("*.toml")}
FILES = sorted([*CATALOGUES.values(), *CONTENT.values()])
NEED_KINDS = {"market", "technology", "partner", "staff", "ip", "funding", "visibility", "knowledge", "other"}
EVIDENCE = {
    "listening.response",
    *("actors.by_kind", "actors.by_size", "actors.by_region", "actors.by_competence"),
    *("ties.degree", "ties.countries", "ties.countries_by_year", "ties.foreign_projects_share"),
    *("ties.top_foreign_organisations", "needs.heard", "needs.by_kind", "needs.by_topic", "needs.by_country"),
    *("needs.ways", "needs.topics_by_kind", "needs.topics_by_country", "needs.changes", "needs.scouting"),
    *("needs.expected_of_management", "needs.expected_of_cluster", "goals.overview", "goals.thread"),
    *("partners.stages", "partners.profiles", "partners.benchmark", "countries.frame", "countries.judgement"),
    *("studies.decision", "studies.criteria", "studies.limits"),
    *("cooperation.protocols", "cooperation.activities"),
}
DATED = ("from", "to", "joined", "left", "start", "end", "date", "start_up_from", "start_up_to")
TODAY = date(2026, 11, 21)
# What belongs to the board, to countries and to life with a partner stands there by other names.
BY_OTHER_NAMES = {"meeting", "clusters_own", "countries", "cooperation"}


def load(path: Path) -> dict[str, Any]:
    """Return the tables of one TOML file."""
    with path.open("rb") as file:
        return tomllib.load(file)


def catalogue(name: str) -> dict[str, Any]:
    return load(CATALOGUES[name])


def content(name: str, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = load(CONTENT[name])[table]
    return rows


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every table of a file, however deep."""
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from nodes(child)


def goal_codes() -> list[str]:
    return [goal["code"] for family in catalogue("goals")["family"] for goal in family["goal"]]


def competence_codes() -> list[str]:
    return [leaf["code"] for group in catalogue("competences")["group"] for leaf in group["competence"]]


def members() -> list[dict[str, Any]]:
    return content("members", "member")


def known_names() -> set[str]:
    return {row["name"] for row in members()} | {row["name"] for row in content("partners", "partner")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_stands_in_german_and_in_english(path):
    half = [node for node in nodes(load(path)) if {"de", "en"} & node.keys() and set(node) != {"de", "en"}]
    empty = [node for node in nodes(load(path)) if "de" in node and not (node["de"] and node["en"])]
    uneven = [
        node
        for node in nodes(load(path))
        if isinstance(node.get("de"), list) and len(node["de"]) != len(node["en"])
    ]

    assert (half, empty, uneven) == ([], [], [])


def test_the_goals_follow_the_guide_in_number():
    sizes = {family["code"]: len(family["goal"]) for family in catalogue("goals")["family"]}

    assert sizes == {"networking": 3, "knowledge": 7, "market": 7, "production": 3, "development": 6}


def test_every_goal_belongs_to_its_family_and_names_known_kinds_of_need():
    wrong = [
        goal["code"]
        for family in catalogue("goals")["family"]
        for goal in family["goal"]
        if not goal["code"].startswith(f"{family['code']}.") or not set(goal["need_kinds"]) <= NEED_KINDS
    ]

    assert wrong == []


def test_every_kind_of_need_leads_to_a_goal():
    kinds = {
        kind
        for family in catalogue("goals")["family"]
        for goal in family["goal"]
        for kind in goal["need_kinds"]
    }

    assert kinds == NEED_KINDS


def test_the_points_are_numbered_from_1_to_19():
    assert [point["number"] for point in catalogue("points")["point"]] == list(range(1, 20))


def test_every_piece_of_evidence_has_one_place_in_the_concept():
    placed = Counter(code for section in catalogue("sections")["section"] for code in section["evidence"])

    assert placed == Counter(EVIDENCE)


@pytest.mark.parametrize(
    "codes",
    [
        goal_codes(),
        competence_codes(),
        [point["code"] for point in catalogue("points")["point"]],
        [section["code"] for section in catalogue("sections")["section"]],
        [topic["code"] for topic in catalogue("topics")["topic"]],
        [goal["code"] for goal in content("goals", "goal")],
        [project["acronym"] for project in content("projects", "project")],
        [row["name"] for row in members() + content("partners", "partner")],
        [row["website"] for row in members() + content("partners", "partner")],
    ],
    ids=[
        "goals",
        "competences",
        "points",
        "sections",
        "topics",
        "demo goals",
        "projects",
        "names",
        "websites",
    ],
)
def test_codes_and_names_are_unique(codes):
    assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_the_demo_has_the_promised_size():
    counts = {name: len(load(path)[table]) for name, path, table in tables()}

    assert counts == {
        **{"members": 120, "partners": 57, "projects": 32, "ties": 120, "needs": 140},
        **{"goals": 11, "texts": 8, "points": 8, "talks": 5, "clusters": 11, "study": 1},
    }


def tables() -> Iterator[tuple[str, Path, str]]:
    for name, path in CONTENT.items():
        if name not in BY_OTHER_NAMES:
            yield name, path, name.removesuffix("s")


def test_the_kinds_of_member_are_as_planned():
    assert Counter(member["kind"] for member in members()) == {
        **{"sme": 78, "large": 12, "research": 12, "university": 6, "public": 6, "association": 6}
    }


def test_20_members_are_start_ups():
    assert sum("start_up_from" in member for member in members()) == 20


def test_85_members_have_voiced_needs():
    assert len({need["organisation"] for need in content("needs", "need")}) == 85


def test_every_competence_of_a_member_is_in_the_taxonomy():
    used = {held["code"] for member in members() for held in member["competences"]}

    assert used - set(competence_codes()) == set()


def test_projects_and_ties_name_known_organisations():
    named = {part["name"] for project in content("projects", "project") for part in project["participants"]}
    named |= {name for tie in content("ties", "tie") for name in (tie["member"], tie["other"])}
    named |= {site["member"] for site in content("ties", "site")}

    assert named - known_names() == set()


def test_every_tie_starts_at_a_member_and_joins_two_organisations():
    names = {member["name"] for member in members()}

    assert [
        tie for tie in content("ties", "tie") if tie["member"] not in names or tie["member"] == tie["other"]
    ] == []


def test_three_of_five_projects_have_a_foreign_partner():
    foreign = {row["name"] for row in content("partners", "partner") if row["country"] != "DE"}
    with_foreign = [
        project["acronym"]
        for project in content("projects", "project")
        if foreign & {part["name"] for part in project["participants"]}
    ]

    assert len(with_foreign) == 20


def test_needs_come_from_members_that_were_there():
    left = {member["name"] for member in members() if "left" in member}
    staying = {member["name"] for member in members()} - left

    assert {need["organisation"] for need in content("needs", "need")} - staying == set()


def test_nobody_speaks_or_joins_before_the_time():
    joined = {member["name"]: member["joined"] for member in members()}
    early = [need for need in content("needs", "need") if need["date"] < joined[need["organisation"]]]
    unborn = [
        member["name"]
        for member in members()
        if member["joined"] < member.get("start_up_from", str(member["founded"]))
    ]

    assert (early, unborn) == ([], [])


def test_needs_name_known_topics_kinds_and_sources():
    topics = {topic["code"] for topic in catalogue("topics")["topic"]}
    wrong = [
        need
        for need in content("needs", "need")
        if need["topic"] not in topics
        or need["kind"] not in NEED_KINDS
        or need["urgency"] not in (1, 2, 3)
        or need["source"] not in ("survey", "call", "meeting", "interview")
    ]

    assert wrong == []


def test_demo_goals_come_from_the_catalogue_or_are_marked_as_own():
    goals = content("goals", "goal")

    assert {goal["code"] for goal in goals if not goal["own"]} - set(goal_codes()) == set()
    assert [goal["code"] for goal in goals if goal["own"]] == ["own.common_test_rules", "own.greener_travel"]


def test_the_demo_leaves_orphans_on_both_sides():
    goals = content("goals", "goal")
    answered = {topic for goal in goals for topic in goal["topics"]}
    voiced = {need["topic"] for need in content("needs", "need")}

    assert [goal["code"] for goal in goals if not goal["topics"]] == [
        "networking.political_ties",
        "own.greener_travel",
    ]
    assert voiced - answered == {"language", "legal", "export_finance", "supply_chains"}


def test_texts_and_points_answer_known_sections_and_points():
    sections = [section["code"] for section in catalogue("sections")["section"]]
    points = {point["code"] for point in catalogue("points")["point"]}
    written = {text["section"] for text in content("texts", "text")}

    assert [code for code in sections if code not in written] == ["finance", "monitoring"]
    assert {point["code"] for point in content("points", "point")} - points == set()


def test_dates_are_dates_and_periods_run_forward():
    backwards = []
    for path in CONTENT.values():
        for node in nodes(load(path)):
            days = {key: date.fromisoformat(node[key]) for key in DATED if key in node}
            for first, last in (("from", "to"), ("joined", "left"), ("start", "end")):
                if first in days and last in days and days[first] >= days[last]:
                    backwards.append(node)

    assert backwards == []


def test_nothing_that_was_said_or_joined_lies_in_the_future():
    said = [need["date"] for need in content("needs", "need")] + [member["joined"] for member in members()]

    assert [day for day in said if date.fromisoformat(day) > TODAY] == []


def test_addresses_lead_nowhere_real():
    addresses = [row["website"] for row in members() + content("partners", "partner")]
    addresses += [member["person"]["email"] for member in members() if "person" in member]

    assert [address for address in addresses if not address.endswith(".example")] == []
