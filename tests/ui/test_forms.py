"""Any Django form, shown so that faults are found by eye and by ear."""

from __future__ import annotations

import re

from django.template import engines

from tests.ui.urls import GuideForm


def shown(form: GuideForm) -> str:
    """Render the fields of a form."""
    return engines["django"].from_string("{% load ui %}{% form_fields form %}").render({"form": form})


def test_each_control_is_described_by_its_errors_and_its_help():
    html = shown(GuideForm({"name": ""}))
    described = re.search(r'<input[^>]*name="name"[^>]*aria-describedby="([^"]+)"', html)[1]

    assert described == "id_name_helptext id_name_error"
    assert all(f'id="{part}"' in html for part in described.split())


def test_groups_of_choices_are_described_as_a_group():
    html = shown(GuideForm({"topics": ["x"]}))

    assert '<fieldset aria-describedby="id_topics_helptext id_topics_error">' in html


def test_the_summary_leads_to_every_faulty_field():
    html = shown(GuideForm({"name": "", "topics": ["x"]}))
    targets = re.findall(r'<li><a href="#([^"]+)">', html)

    assert targets == ["id_name", "id_email", "id_kind", "id_topics_field", "id_consent"]
    assert all(f'id="{target}"' in html for target in targets)


def test_a_fresh_form_shows_no_errors():
    assert "error" not in shown(GuideForm())


def test_every_identifier_is_used_once():
    identifiers = re.findall(r'\sid="([^"]+)"', shown(GuideForm({})))

    assert sorted(identifiers) == sorted(set(identifiers))


def test_required_fields_say_so_in_words():
    assert shown(GuideForm()).count('<span class="visually-hidden"> (required)</span>') == 5
