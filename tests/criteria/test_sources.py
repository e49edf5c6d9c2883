"""What the catalogue names as a source is what the rooms above can answer."""

import pytest

from kontor.countries.queries.sourced import source_label
from kontor.criteria.reference import purposes, reference
from kontor.criteria.sources import sources
from kontor.partners.catalogue import CHOICE, NUMERIC, fields

FACT = "partners.fact."
# Computed by the room of the partners; see kontor.partners.queries.sourced.
COMPUTED = {
    *("partners.complementarity", "partners.overlap", "partners.members_gaining"),
    *("actors.ties", "actors.sites", "needs.answered"),
}


def facts():
    return [key.removeprefix(FACT) for key in sources() if key.startswith(FACT)]


def test_every_key_belongs_to_a_room():
    rest = {key for key in sources() if not key.startswith(("countries.", FACT))}

    assert rest == COMPUTED


@pytest.mark.parametrize("code", facts())
def test_a_fact_is_a_field_of_the_profile_that_counts(code):
    field = fields()[code]
    values = [option.value for option in field.options]

    assert field.kind in NUMERIC or (field.kind == CHOICE and None not in values)


@pytest.mark.django_db
@pytest.mark.parametrize("key", [key for key in sources() if key.startswith("countries.")])
def test_a_figure_of_a_country_is_known_to_the_countries(cluster, key):
    assert source_label(cluster, key)


@pytest.mark.parametrize(
    "criterion",
    [each for purpose in purposes() for each in reference(purpose).criteria if each.source.startswith(FACT)],
    ids=lambda each: each.code,
)
def test_what_a_fact_can_be_lies_on_the_scale_of_its_criterion(criterion):
    field = fields()[criterion.source.removeprefix(FACT)]
    values = [option.value for option in field.options] or [field.low, field.high]
    low = -float("inf") if criterion.scale_low is None else criterion.scale_low
    high = float("inf") if criterion.scale_high is None else criterion.scale_high

    assert low <= min(values) <= max(values) <= high
