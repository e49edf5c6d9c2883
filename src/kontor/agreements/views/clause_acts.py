"""What both sides may do with a clause, whoever asks: accept, propose, leave out, comment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from kontor.accounts.services import EditConflict
from kontor.agreements import services
from kontor.agreements.forms.clauses import CommentForm, WordingForm
from kontor.agreements.models import Clause, Side
from kontor.agreements.problems import AgreementError
from kontor.agreements.speaker import Speaker
from kontor.ui.errors import explain
from kontor.ui.forms import number_in


@dataclass(frozen=True)
class Outcome:
    """What became of an act: a message where it is done, else what the page shows beside what was typed."""

    status: int = 200
    message: str = ""
    shown: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """Somebody acts on a clause."""

    request: HttpRequest
    clause: Clause
    speaker: Speaker

    @property
    def version(self) -> int:
        """Return the number of edits that the page was opened with."""
        return number_in(self.request.POST.get("version", ""))


def carry_out(act: Act) -> Outcome:
    """Do what the pressed button says; 404 for a button that is not there."""
    work = _ACTS.get(act.request.POST.get("act", ""))
    if work is None:
        raise Http404
    try:
        return work(act)
    except AgreementError as problem:
        return Outcome(422, shown={"problem": explain(problem)})


def _accept(act: Act) -> Outcome:
    wording = act.clause.wordings.filter(pk=number_in(act.request.POST.get("wording", ""))).first()
    if wording is None:
        raise Http404
    services.accept(wording=wording, speaker=act.speaker)
    said = _("Left out, as far as you are concerned.") if wording.is_removal else _("Accepted.")
    return Outcome(message=said)


def _propose(act: Act) -> Outcome:
    form = WordingForm(act.request.POST, languages=act.clause.agreement.languages)
    shown: dict[str, Any] = {"wording_form": form, "opened": "propose"}
    if not form.is_valid():
        return Outcome(422, shown={**shown, "version": act.version})
    proposal = {"clause": act.clause, "speaker": act.speaker, "is_in_line": form.is_in_line, **form.values()}
    try:
        services.propose(expected_version=act.version, **proposal)
    except EditConflict as conflict:
        return Outcome(409, shown={**shown, **_meanwhile(act, conflict, form)})
    except AgreementError as problem:
        form.add_error(None, explain(problem))
        return Outcome(422, shown={**shown, "version": act.version})
    return Outcome(message=_("Your wording is on the table."))


def _meanwhile(act: Act, conflict: EditConflict, form: WordingForm) -> dict[str, Any]:
    """Return what has happened since the page was opened: another wording, or an acceptance."""
    clause = Clause.objects.get(pk=conflict.current.pk)
    wording = clause.wordings.get(number=clause.current_number)
    is_newer = wording.number != number_in(act.request.POST.get("based_on", ""))
    last = wording.acceptances.order_by("-accepted_at", "-pk").first()
    who = wording.author_name if is_newer or last is None else last.name
    typed = form.values()
    return {
        "version": clause.version,
        "conflict": {
            "who": who,
            "wording": wording,
            "is_newer": is_newer,
            "heading": typed["heading"],
            "text": typed["text"],
        },
    }


def _remove(act: Act) -> Outcome:
    try:
        proposed = services.propose_removal(
            clause=act.clause, speaker=act.speaker, expected_version=act.version
        )
    except EditConflict as conflict:
        return Outcome(409, shown={"problem": explain(conflict)})
    if proposed is None:
        return Outcome(message=_("The clause is left out. You can put it back at any time."))
    return Outcome(message=_("You have proposed to leave the clause out."))


def _comment(act: Act) -> Outcome:
    return _say(act, is_internal=False)


def _note(act: Act) -> Outcome:
    if act.speaker.side is not Side.US:
        raise Http404
    return _say(act, is_internal=True)


def _say(act: Act, *, is_internal: bool) -> Outcome:
    form = CommentForm(act.request.POST)
    if not form.is_valid():
        return Outcome(422, shown={"comment_form": form})
    said = form.cleaned_data["text"]
    try:
        services.comment(clause=act.clause, speaker=act.speaker, text=said, is_internal=is_internal)
    except AgreementError as problem:
        form.add_error(None, explain(problem))
        return Outcome(422, shown={"comment_form": form})
    if is_internal:
        return Outcome(message=_("Noted. Only your side reads it."))
    return Outcome(message=_("Your comment is there. The other side reads it."))


_ACTS: dict[str, Callable[[Act], Outcome]] = {
    "accept": _accept,
    "propose": _propose,
    "remove": _remove,
    "comment": _comment,
    "note": _note,
}
