"""The select for many choices."""

from django import forms
from pytest_django.asserts import assertHTMLEqual

from kontor.needs.widgets import LongSelect

CHOICES = [("", "Please choose"), ("1", "Sensor & <Söhne>"), ("2", "Werft")]


def test_the_select_says_what_djangos_own_says():
    attributes = {"id": "id_firm", "required": True}

    assertHTMLEqual(
        LongSelect(choices=CHOICES).render("firm", "2", attributes),
        forms.Select(choices=CHOICES).render("firm", "2", attributes),
    )


def test_labels_are_escaped():
    assert "Sensor &amp; &lt;Söhne&gt;" in LongSelect(choices=CHOICES).render("firm", None)
