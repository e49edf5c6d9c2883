"""A call-back as an appointment that Outlook, Apple and Google take."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from kontor.accounts.services.mail import public_address
from kontor.listening.models import CallTarget

MINUTES = 20
ALARM_MINUTES = 5


def appointment(target: CallTarget, path: str) -> bytes:
    """Return the call-back of `target` as an iCalendar file, in the time zone of the office.

    path: of the call page. It names the member and nobody's name, number or words: calendars are shared. The
    same call-back keeps its identity, so that a later file moves the appointment instead of doubling it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kontor//phone campaign//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(target, path))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(target: CallTarget, path: str) -> Event:
    start = timezone.localtime(target.call_back_at)
    event = Event()
    host = settings.PUBLIC_URL.split("//")[-1].split(":")[0].split("/")[0]
    event.add("uid", f"call-back-{target.pk}@{host}")
    event.add("sequence", target.edition)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=MINUTES))
    event.add("summary", _("Call back: %(name)s") % {"name": target.organisation.name})
    event.add("description", public_address(path))
    event.add("url", public_address(path))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Call back: %(name)s") % {"name": target.organisation.name})
    alarm.add("trigger", timedelta(minutes=-ALARM_MINUTES))
    event.add_component(alarm)
    return event
