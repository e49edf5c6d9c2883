"""Make a need of what somebody wrote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.needs.forms import OwnNeedForm
from kontor.needs.models import NeedKind


class TextNeedForm(OwnNeedForm):
    """A need in a text that somebody wrote in a survey; whose it is, is known."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("As the topic")), *NeedKind.choices],
        required=False,
        help_text=_("Only where this need differs from its topic."),
    )
    field_order = ("topic", "statement", "country", "urgency", "kind")

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, cluster=cluster, organisations=Organisation.objects.none(), **kwargs)
        del self.fields["organisation"]
        self.fields["statement"].label = _("In the member’s words")
        self.fields["statement"].help_text = _(
            "Shorten it to the need; the whole text stays with the answer."
        )
