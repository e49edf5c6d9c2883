"""The opened weights as a picture of dots, and what is to say about them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kontor.reports import format as printed
from kontor.studies.models import Assessor, WeightStatement
from kontor.studies.queries.agreement import SOME, STRONG, AgreementView, CriterionView
from kontor.studies.queries.weights import Statement
from kontor.studies.weighing_findings import findings_told

# Width of the picture in its own units, and how near to each other two dots may lie before they are stacked.
WIDTH, NEAR, STEP = 400.0, 8.0, 7.0
# Smaller changes of a weight are not worth a word.
NOTED = 0.001


@dataclass(frozen=True)
class Dot:
    """One person's weight in the picture."""

    x: float
    y: float
    name: str
    weight: float
    group: str


@dataclass(frozen=True)
class Strip:
    """One criterion: a dot for each person, a mark for the group."""

    view: CriterionView
    dots: tuple[Dot, ...]
    mark: float | None
    height: float

    @property
    def middle(self) -> float:
        """Return where the line of the picture lies."""
        return self.height / 2


@dataclass(frozen=True)
class ShownStatement:
    """How one person came to the weights. changes: (criterion, weight before the opening, weight now)."""

    statement: Statement
    group: str
    technique: str
    changes: tuple[tuple[str, float, float], ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class ShownAgreement:
    """The page of the opened weights."""

    found: AgreementView
    strips: tuple[Strip, ...]
    sentences: tuple[str, ...]
    statements: tuple[ShownStatement, ...]


def shown_agreement(found: AgreementView) -> ShownAgreement:
    """Return the picture of the weights with its sentences."""
    most = found.most or 1.0
    return ShownAgreement(
        found=found,
        strips=tuple(_strip(view, most) for view in found.criteria),
        sentences=tuple(sentences_of(found)),
        statements=tuple(_statement(each, found) for each in found.statements),
    )


def _statement(statement: Statement, found: AgreementView) -> ShownStatement:
    names = {view.criterion.code: view.criterion.name for view in found.criteria}
    families = {view.criterion.family: view.criterion.family_name for view in found.criteria}
    pairs = [(code, statement.before.get(code, 0.0), statement.weights.get(code, 0.0)) for code in names]
    changes = [(names[code], old, new) for code, old, new in pairs if abs(old - new) >= NOTED]
    return ShownStatement(
        statement=statement,
        group=str(Assessor.Group(statement.group).label),
        technique=str(WeightStatement.Technique(statement.technique).label),
        changes=tuple(changes) if statement.before else (),
        findings=tuple(findings_told(statement.findings, names | families)),
    )


def sentences_of(found: AgreementView) -> list[str]:
    """Return how far people agree, in words."""
    if found.kendall_w is None:
        return [_("Only one person has handed in weights; there is nobody to agree or disagree with.")]
    said = [_concord(found.kendall_w)]
    if found.disputed:
        first = found.disputed[0]
        low = min(first.points, key=lambda pair: pair[1])
        high = max(first.points, key=lambda pair: pair[1])
        said.append(
            _("Furthest apart are %(high)s and %(low)s on “%(criterion)s”: %(most)s against %(least)s.")
            % {
                "high": high[0].name,
                "low": low[0].name,
                "criterion": first.criterion.name,
                "most": _percent(high[1]),
                "least": _percent(low[1]),
            }
        )
    if found.apart is not None:
        said.append(_outsider(*found.apart))
    return said


def _concord(kendall_w: float) -> str:
    shown = {"w": printed.decimal(round(kendall_w, 2), (get_language() or "en")[:2])}
    if kendall_w >= STRONG:
        return _("People largely agree on what matters more (Kendall’s W %(w)s of 1).") % shown
    if kendall_w >= SOME:
        return _("People agree in part on what matters more (Kendall’s W %(w)s of 1).") % shown
    return _("People hardly agree on what matters more (Kendall’s W %(w)s of 1).") % shown


def _outsider(statement: Statement, share: float) -> str:
    return _("%(name)s stands apart: %(share)s of the weight lies elsewhere than with the others.") % {
        "name": statement.name,
        "share": _percent(share),
    }


def _percent(share: float) -> str:
    return printed.percent(round(share, 3), (get_language() or "en")[:2])


def _strip(view: CriterionView, most: float) -> Strip:
    """Lay the dots on a line; those that would cover each other stand one above the other."""
    rows: list[tuple[float, int]] = []
    for _statement, weight in view.points:
        x = WIDTH * weight / most
        row = 0
        while any(place == row and abs(x - other) < NEAR for other, place in rows):
            row += 1
        rows.append((x, row))
    height = 16.0 + STEP * max((row for _x, row in rows), default=0) * 2
    dots = tuple(
        Dot(round(x, 1), round(height / 2 + _offset(row), 1), statement.name, weight, statement.group)
        for (x, row), (statement, weight) in zip(rows, view.points, strict=True)
    )
    mark = None if view.group_weight is None else round(WIDTH * view.group_weight / most, 1)
    return Strip(view, dots, mark, height)


def _offset(row: int) -> float:
    """Return how far above (or below) the line a dot stands: 0, up, down, further up …"""
    return STEP * ((row + 1) // 2) * (-1 if row % 2 else 1)
