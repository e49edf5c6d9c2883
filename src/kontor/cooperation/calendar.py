"""An activity as a calendar file (iCalendar, RFC 5545): whole days, without names of people."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from kontor.cooperation.models import Activity


def calendar_file(activity: Activity) -> bytes:
    """Return the activity as an entry that a later file moves instead of adding a second one."""
    event = Event()
    event.add("uid", f"activity-{activity.pk}@{urlsplit(settings.PUBLIC_URL).hostname or 'kontor'}")
    event.add("dtstamp", activity.updated_at)
    event.add("last-modified", activity.updated_at)
    event.add("sequence", activity.version)
    event.add("dtstart", activity.starts_on)
    # The end of a whole day is the day after it.
    event.add("dtend", (activity.ends_on or activity.starts_on) + timedelta(days=1))
    event.add("summary", f"{activity.title} – {activity.partner.short}")
    if activity.place:
        event.add("location", activity.place)
    if activity.state == Activity.State.CANCELLED:
        event.add("status", "CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", "-//Kontor//Cooperation//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
