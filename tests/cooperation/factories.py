"""Factories of this room."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory
from i18nfield.strings import LazyI18nString

from kontor.cooperation.models import Activity, Participant, Task
from tests.partners.factories import PartnerFactory


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    partner = factory.SubFactory(PartnerFactory, stage="partner")
    cluster = factory.SelfAttribute("partner.cluster")
    title = LazyI18nString({"de": "Besuch im Prüflabor", "en": "Visit to the test laboratory"})
    starts_on = date(2026, 10, 5)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    activity = factory.SubFactory(ActivityFactory)
    cluster = factory.SelfAttribute("activity.cluster")
    name = factory.Sequence(lambda n: f"Guest {n}")


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    activity = factory.SubFactory(ActivityFactory)
    cluster = factory.SelfAttribute("activity.cluster")
    title = factory.Sequence(lambda n: f"Task {n}")
