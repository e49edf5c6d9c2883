"""An appointment as a calendar file (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kontor.listening.models import Interview


def appointment_file(interview: Interview) -> bytes:
    """Return the appointment of an interview in the time zone of the installation.

    The same interview always has the same identity, so that a later file moves the entry in the calendar. It
    says nothing of what was said.
    """
    if interview.appointed_at is None:
        raise ValueError(interview.pk)
    start = timezone.localtime(interview.appointed_at)
    names = {"organisation": interview.organisation.name, "cluster": interview.cluster.name}
    event = Event()
    event.add("uid", f"interview-{interview.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'kontor'}")
    event.add("dtstamp", timezone.now())
    event.add("last-modified", interview.updated_at)
    event.add("sequence", interview.version)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=interview.minutes))
    event.add("summary", _("Interview: %(organisation)s and %(cluster)s") % names)
    if interview.place:
        event.add("location", interview.place)
    if interview.person is not None:
        event.add("description", _("Talk with %(person)s") % {"person": interview.person})
    calendar = Calendar()
    calendar.add("prodid", "-//Kontor//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
