"""One way through every form: show, check, one service, back; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kontor.accounts.services import EditConflict
from kontor.accounts.views.wall import ClusterRequest
from kontor.actors.errors import ActorError
from kontor.actors.forms.base import FactForm
from kontor.actors.queries.history import last_editor
from kontor.ui.components import Text
from kontor.ui.errors import explain
from kontor.ui.forms import ConfirmByName, differences
from kontor.ui.notices import notify


@dataclass(frozen=True)
class FormPage:
    """How a form's page speaks, and where it leads. back: after saving and on cancelling."""

    title: Text
    lead: Text
    back: str
    crumbs: list[tuple[Text, str]]
    submit: Text = ""
    done: Text = ""
    is_draft: bool = False
    delete_url: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


Save = Callable[[], object]


def answer(
    request: ClusterRequest, form: forms.Form, page: FormPage, save: Save, *, row: models.Model | None = None
) -> HttpResponse:
    """Show the form, or save it and lead back; a refused or outdated form keeps what was typed.

    row: the object with a `version`, where the service compares versions.
    """
    if request.method != "POST":
        return _show(request, form, page, row=row)
    if not form.is_valid():
        return _show(request, form, page, row=row, status=422)
    try:
        save()
    except EditConflict as conflict:
        return _show_conflict(request, form, page, conflict.current)
    except (ActorError, ValidationError) as error:
        refuse(form, error)
        return _show(request, form, page, row=row, status=422)
    if page.done:
        notify(request, page.done)
    return redirect(page.back)


def posted(request: ClusterRequest) -> QueryDict | None:
    """Return what was sent, or None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def expected_version(request: ClusterRequest) -> int:
    """Return the version that the form was opened with; 0, which never matches, where it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def refuse(form: forms.Form, error: ActorError | ValidationError) -> None:
    """Enter what a service refused, beside its field where it names one."""
    if isinstance(error, ActorError):
        form.add_error(None, explain(error))
        return
    for name, messages in getattr(error, "message_dict", {"__all__": error.messages}).items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


def _show(
    request: ClusterRequest,
    form: forms.Form,
    page: FormPage,
    *,
    row: models.Model | None = None,
    status: int = 200,
) -> HttpResponse:
    version = request.POST.get("version") or getattr(row, "version", None)
    context = {"form": form, "page": page, "version": version, **page.extra}
    return render(request, "actors/form.html", context, status=status)


def _show_conflict(
    request: ClusterRequest, form: forms.Form, page: FormPage, current: models.Model
) -> HttpResponse:
    stored = form.current(current) if isinstance(form, FactForm) else {}
    context = {
        "form": form,
        "page": page,
        "version": getattr(current, "version", None),
        "is_conflict": True,
        "differences": differences(form, stored),
        "who": last_editor(current),
        "reload_url": request.get_full_path(),
        **page.extra,
    }
    return render(request, "actors/form.html", context, status=409)


def answer_deletion(
    request: ClusterRequest, page: FormPage, delete: Save, *, name: str, sentence: Text
) -> HttpResponse:
    """Ask for the name of what is about to go, then delete it."""
    form = ConfirmByName(request.POST if request.method == "POST" else None, name=name)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            delete()
        except ActorError as error:
            problem = explain(error)
        else:
            notify(request, page.done)
            return redirect(page.back)
    context = {"form": form, "page": page, "name": name, "sentence": sentence, "problem": problem}
    return render(request, "actors/delete.html", context, status=422 if request.method == "POST" else 200)
