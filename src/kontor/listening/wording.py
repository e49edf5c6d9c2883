"""What mails of a survey say: texts of the house to begin with, and gaps filled for each reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from kontor.listening.models import Invitee, Survey

# What stands in braces in a text, whatever its language.
GAPS = ("name", "organisation", "cluster", "survey", "closes", "link")
_GAP = re.compile(r"\{(\w+)\}")


def unknown_gaps(text: str) -> list[str]:
    """Return what stands in braces and is no gap that Kontor fills.

    >>> unknown_gaps("Dear {name}, {vorname}")
    ['vorname']
    """
    return [gap for gap in _GAP.findall(text) if gap not in GAPS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with its gaps filled; values are taken as they are, braces in them too.

    >>> filled("Dear {name}", {"name": "Ada {link}"})
    'Dear Ada {link}'
    """
    return _GAP.sub(lambda found: values.get(found[1], found[0]), text)


def values_for(survey: Survey, invitee: Invitee, *, link: str) -> dict[str, str]:
    """Return what fills the gaps for one reader, in the language that is active."""
    return {
        # Whoever has been deleted from the directory meanwhile is addressed by the house.
        "name": str(invitee.person or invitee.organisation.name),
        "organisation": invitee.organisation.name,
        "cluster": survey.cluster.name,
        "survey": survey.name,
        "closes": closing_day(survey),
        "link": link,
    }


def closing_day(survey: Survey) -> str:
    """Return the closing day in words, in the language that is active."""
    if survey.closes_at is None:
        return "–"
    return formats.date_format(timezone.localtime(survey.closes_at), "DATE_FORMAT")


def first_texts(language: str) -> dict[str, str]:
    """Return the texts of the house in a language: subject, message, reminder_subject, reminder_message."""
    with translation.override(language):
        return {
            "subject": _("{cluster}: what do you need abroad?"),
            "message": _(
                "Dear {name},\n\n"
                "{cluster} is planning its work abroad and wants to hear what {organisation} needs. "
                "It takes about three minutes; you need no account.\n\n"
                "{link}\n\n"
                "You can stop at any time and go on later, on another device too. "
                "The survey is open until {closes}.\n\n"
                "Thank you!\n"
                "{cluster}"
            ),
            "reminder_subject": _("{cluster}: your answer is still missing"),
            "reminder_message": _(
                "Dear {name},\n\n"
                "a short reminder: until {closes} you can still tell us what {organisation} needs abroad. "
                "Three minutes are enough.\n\n"
                "{link}\n\n"
                "Thank you!\n"
                "{cluster}"
            ),
        }


def text_of(survey: Survey, name: str, language: str) -> str:
    """Return a text of the survey in a language; where it has none, the text of the house."""
    stored = getattr(survey, name)
    text = stored.localize(language) if hasattr(stored, "localize") else str(stored or "")
    return str(text).strip() or first_texts(language)[name]
