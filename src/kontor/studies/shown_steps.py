"""What helps a study most now, in one sentence with a button."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.studies.models import Study
from kontor.studies.queries.progress import Progress
from kontor.ui.components import NextStep


def next_step(study: Study, progress: Progress) -> NextStep | None:
    """Return the next step of a study, None once it is decided."""
    if study.state == Study.State.PREPARING:
        return _preparing(study, progress)
    if study.state == Study.State.JUDGING:
        return _judging(study, progress)
    return _opened(study, progress) if study.state == Study.State.OPEN else None


def _step(study: Study, sentence: str, label: str, page: str) -> NextStep:
    return NextStep(sentence, label, reverse(f"studies:{page}", args=[study.cluster.slug, study.pk]))


def _preparing(study: Study, progress: Progress) -> NextStep:
    if not progress.candidates:
        text = _("Which partner clusters are compared? The short list is a good beginning.")
        return _step(study, text, _("Choose candidates"), "candidates-choose")
    if progress.candidates == 1:
        text = _("One candidate alone leaves nothing to choose. Add at least a second one.")
        return _step(study, text, _("Choose candidates"), "candidates-choose")
    if not progress.criteria:
        text = _("By what are they compared? Choose criteria from the catalogue.")
        return _step(study, text, _("Choose criteria"), "criteria-choose")
    if not progress.people:
        text = _("Who weighs and who scores? Members, boards and your own team can take part.")
        return _step(study, text, _("Choose people"), "people")
    text = _("Everything is ready. Start judging, and the links can go out.")
    return _step(study, text, _("Start judging"), "detail")


def _judging(study: Study, progress: Progress) -> NextStep:
    uninvited = progress.people - progress.invited
    if uninvited:
        text = ngettext(
            "%(number)s person has not got the link yet.",
            "%(number)s people have not got the link yet.",
            uninvited,
        )
        return _step(study, text % {"number": uninvited}, _("Send the links"), "people")
    waiting = progress.weighing - progress.weighed + progress.scoring - progress.scored
    if waiting and progress.weighed < progress.weighing:
        text = _("%(weighed)s of %(weighing)s have handed in their weights.") % {
            "weighed": progress.weighed,
            "weighing": progress.weighing,
        }
        return _step(study, text, _("See who is missing"), "people")
    if not progress.weighed:
        text = _("Nobody has weighed the criteria yet. Without weights all count the same.")
        return _step(study, text, _("Choose people"), "people")
    text = _("All weights are in. Open them, and look at them together.")
    return _step(study, text, _("Open the weights"), "weights")


def _opened(study: Study, progress: Progress) -> NextStep:
    if progress.missing:
        text = ngettext(
            "Of %(number)s cell nothing is known yet.",
            "Of %(number)s cells nothing is known yet.",
            progress.missing,
        )
        return _step(study, text % {"number": progress.missing}, _("Fill the gaps"), "scores")
    text = _("Weights and scores are in. Look at the result.")
    return NextStep(text, _("See the result"), result_url(study))


def result_url(study: Study) -> str:
    """Return the address of the result."""
    try:
        return reverse("studies:result", args=[study.cluster.slug, study.pk])
    except NoReverseMatch:
        return reverse("studies:scores", args=[study.cluster.slug, study.pk])
