"""The reference catalogue is complete, consistent and speaks both languages."""

import re
from collections import Counter

import pytest

from kontor.criteria import services
from kontor.criteria.checking import LONGEST, POINTS, check
from kontor.criteria.models import Criterion
from kontor.criteria.queries import catalogue_of, working_criteria
from kontor.criteria.reference import families, purposes, reference
from kontor.criteria.sources import sources
from tests.criteria.factories import CatalogueFactory, CriterionFactory

ALL = [criterion for purpose in purposes() for criterion in reference(purpose).criteria]
by_code = pytest.mark.parametrize("criterion", ALL, ids=lambda each: each.code)
# The families of the guide, chapter 4.1, and how many criteria each of them lists.
GUIDE = {
    "cluster": 25,
    "structure": 9,
    "management": 9,
    "sector": 6,
    "location": 10,
    "environment": 5,
    "complementarity": 5,
}


def texts(criterion):
    """Return every text of a criterion: its field, its language and the words."""
    found = [
        (name, getattr(criterion, name))
        for name in ("name", "meaning", "evidence")
        if getattr(criterion, name)
    ]
    found += [("unit", criterion.unit)] if criterion.unit else []
    found += [("anchors", anchor) for anchor in (criterion.anchors or {}).values()]
    return [(name, language, text) for name, spoken in found for language, text in spoken.items()]


def test_partners_are_what_a_catalogue_is_for_first():
    assert purposes()[0] == "partners"


def test_the_guide_s_seven_families_hold_all_69_criteria():
    found = Counter(criterion.family for criterion in reference("partners").criteria)

    assert (found, found.total()) == (GUIDE, 69)


def test_families_come_in_the_order_of_the_guide_and_own_criteria_last():
    assert [family.code for family in families("partners")] == [*GUIDE, "own"]


def test_every_family_is_told_in_both_languages():
    assert all(
        family.name.data[code] and family.description.data[code]
        for family in families("partners")
        for code in ("de", "en")
    )


@pytest.mark.parametrize("purpose", purposes())
def test_short_names_are_unique(purpose):
    found = Counter(criterion.code for criterion in reference(purpose).criteria)

    assert max(found.values()) == 1


@pytest.mark.parametrize("purpose", purposes())
@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_criteria_have_the_same_name_or_question(purpose, language):
    found = Counter(
        text
        for criterion in reference(purpose).criteria
        for text in (criterion.name[language], criterion.meaning[language])
    )

    assert [text for text, number in found.items() if number > 1] == []


@by_code
def test_short_names_are_plain_english_words(criterion):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", criterion.code)


@by_code
def test_all_is_told_in_both_languages(criterion):
    required = ("name", "meaning", "evidence")
    missing = [name for name in required for code in ("de", "en") if not getattr(criterion, name).get(code)]
    one_sided = [name for name, spoken in _spoken(criterion) if set(spoken) != {"de", "en"}]

    assert (missing, one_sided) == ([], [])


def _spoken(criterion):
    yield from ((name, getattr(criterion, name)) for name in ("name", "meaning", "evidence"))
    yield from (("anchors", anchor) for anchor in (criterion.anchors or {}).values())
    if criterion.unit:
        yield "unit", criterion.unit


@by_code
def test_points_have_three_anchors_and_nothing_else_has_any(criterion):
    expected = list(POINTS) if criterion.scale == "points" else []

    assert sorted(criterion.anchors or {}) == expected


@by_code
def test_a_criterion_asks_one_plain_question(criterion):
    assert [criterion.meaning[code].count("?") for code in ("de", "en")] == [1, 1]


@by_code
def test_sources_are_known(criterion):
    assert criterion.source == "" or criterion.source in sources()


@by_code
def test_texts_have_room_and_no_blanks_around(criterion):
    bad = [
        text for name, _code, text in texts(criterion) if len(text) > LONGEST[name] or text != text.strip()
    ]

    assert bad == []


@by_code
def test_german_says_sie_and_quotes_in_german(criterion):
    german = " ".join(text for _name, code, text in texts(criterion) if code == "de")

    assert re.findall(r"\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*)\b|[\"”]", german) == []


def test_few_criteria_knock_a_candidate_out_by_themselves():
    found = [criterion.code for criterion in reference("partners").criteria if criterion.knock_out_below]

    assert found == [
        "equal_terms",
        "network_structure",
        "professional_management",
        "market_access",
        "political_conditions",
    ]


def test_sources_are_told_in_both_languages():
    assert all(source.name.data[code] for source in sources().values() for code in ("de", "en"))


def test_the_program_can_fill_a_third_of_the_criteria():
    filled = [criterion for criterion in reference("partners").criteria if criterion.source]

    assert len(filled) == 23


@pytest.mark.django_db
def test_the_reference_is_loaded_in_its_order_with_both_languages(cluster):
    number = services.load_reference(cluster=cluster)

    loaded = working_criteria(catalogue_of(cluster))
    expected = reference("partners").criteria
    assert number == 69
    assert [each.code for each in loaded] == [each.code for each in expected]
    assert [each.name.data for each in loaded] == [each.name for each in expected]


@pytest.mark.django_db
def test_what_is_loaded_passes_the_same_checks_as_what_people_write(cluster):
    services.load_reference(cluster=cluster)

    for criterion in Criterion.objects.select_related("catalogue"):
        check(criterion)


@pytest.mark.django_db
def test_loading_again_adds_only_what_is_missing_and_touches_nothing(cluster):
    services.load_reference(cluster=cluster)
    edited = Criterion.objects.get(code="proximity")
    services.update_criterion(criterion=edited, expected_version=1, name={"en": "How near"})
    Criterion.objects.filter(code="start_ups").delete()

    again = [services.load_reference(cluster=cluster) for _ in range(2)]

    edited.refresh_from_db()
    assert (again, str(edited.name), Criterion.objects.count()) == ([1, 0], "How near", 69)


@pytest.mark.django_db
def test_an_own_criterion_keeps_a_short_name_that_the_reference_wants_too(cluster):
    own = CriterionFactory(catalogue=CatalogueFactory(cluster=cluster), code="proximity")

    services.load_reference(cluster=cluster)

    assert Criterion.objects.get(reference_code="proximity").code == "proximity_2"
    assert Criterion.objects.get(code="proximity") == own


@pytest.mark.django_db
def test_an_edited_criterion_goes_back_to_the_words_of_the_reference(cluster):
    services.load_reference(cluster=cluster)
    criterion = Criterion.objects.get(code="proximity")
    edited = services.update_criterion(
        criterion=criterion, expected_version=1, name={"en": "How near"}, scale="points", source=""
    )

    services.reset_to_reference(criterion=edited, expected_version=2)

    again = Criterion.objects.get(code="proximity")
    assert (str(again.name), again.scale, again.scale_high, again.source) == (
        "Physical proximity",
        "number",
        None,
        "countries.distance",
    )
