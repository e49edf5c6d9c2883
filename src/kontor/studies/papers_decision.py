"""A decision as a report, made of its record alone: what is printed today is printed in ten years.

People are not named: readers below the management see them as “person 3, research”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kontor.actors.wording import country_label
from kontor.agreements.texts import literal
from kontor.criteria.queries import FrozenCriterion
from kontor.partners.catalogue import fields as profile_fields
from kontor.reports.model import Block, Chart, Column, Prose, Report, Section, Table
from kontor.studies.figures import Plain, Robust, from_json
from kontor.studies.models import Assessor, Study, WeightStatement
from kontor.studies.told import Names, listed, number_text, percent_text, tell
from kontor.votes.results import VoteResult

Record = Mapping[str, Any]


def decision_report(record: Record, *, cluster: str, language: str) -> Report:
    """Return the decision in the language that is being spoken."""
    paper = _Paper(record, language)
    return Report(
        title=paper.said(record["study"]["title"]),
        subtitle=_("Decision on partners, with everything that led to it"),
        author=cluster,
        language=language,
        as_of=paper.on,
        sections=tuple(section for section in paper.sections() if section.blocks),
    )


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, in another one where it is missing, "" where there is none."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


class _Paper:
    """The blocks of one record in one language."""

    def __init__(self, record: Record, language: str) -> None:
        self.record, self.language = record, language
        self.on = date.fromisoformat(record["decided_on"])
        self.plain = from_json(Plain, record["outcome"]["plain"])
        robust = record["outcome"]["robust"].get("said")
        self.robust = from_json(Robust, robust) if robust else None
        self.criteria = {each["code"]: each for each in record["criteria"]}
        frozen = {code: FrozenCriterion.from_dict(each["content"]) for code, each in self.criteria.items()}
        self.frozen = frozen
        self.names = Names(
            {each["pk"]: each["name"] for each in record["candidates"]},
            {code: str(each.name) for code, each in frozen.items()},
        )
        self.source = _("Record of the study, catalogue version %(number)s") % {
            "number": record["catalogue"]["version"]
        }

    def said(self, texts: Mapping[str, str]) -> str:
        return text_in(texts, self.language)

    def sections(self) -> Iterable[Section]:
        yield Section("decision", _("What was decided"), (*self._decided(),))
        yield Section("result", _("What came out"), (*self._result(),))
        yield Section("vote", _("The vote"), (*self._vote(),))
        yield Section("criteria", _("Criteria and weights"), (*self._criteria(), *self._people()))
        yield Section("scores", _("Scores and evidence"), (*self._scores(), *self._evidence()))
        yield Section("candidates", _("What was known of the candidates"), (*self._facts(),))

    def _decided(self) -> Iterable[Block]:
        chosen = listed([self.names.candidates[pk] for pk in self.record["chosen"]])
        question = self.said(self.record["study"]["question"])
        if question:
            yield Prose(literal(question))
        yield Prose("**" + literal(_("Decided for %(names)s.") % {"names": chosen}) + "**")
        yield Prose(literal(self.said(self.record["reasons"])))
        dissent = self.said(self.record["dissent"])
        if dissent:
            yield Prose(literal(_("Dissent: %(text)s") % {"text": dissent}))

    def _result(self) -> Iterable[Block]:
        told = tell(self.plain, self.robust, self.names)
        yield Prose("\n\n".join(literal(each) for each in told.sentences()))
        if self.plain.standings:
            yield self._ranking()
        if self.plain.outs:
            yield self._outs()

    def _ranking(self) -> Block:
        heads = (
            *(Column(_("Candidate")), Column(_("Points of 100"), "decimal"), Column(_("Place"), "count")),
            *(Column("TOPSIS", "count"), Column("PROMETHEE II", "count")),
            *(Column(_("First in … of cases"), "percent"), Column(_("Weight known"), "percent")),
        )
        rows = tuple(
            (
                *(self.names.candidates[each.candidate], round(100 * each.value, 1), each.place),
                *(each.topsis_place, each.net_place),
                *(self.robust.chance_of_first(each.candidate) if self.robust else None, each.known),
            )
            for each in self.plain.standings
        )
        table = Table("studies.ranking", _("Ranking"), heads, rows, self.source, self.on)
        return Chart("studies.ranking", "bar", table, 0, (1,))

    def _outs(self) -> Table:
        heads = (Column(_("Candidate")), Column(_("Criterion")), Column(_("Score")), Column(_("Threshold")))
        rows = tuple(
            (
                *(self.names.candidates[out.candidate], self.names.criteria[out.code]),
                *(number_text(out.value), number_text(out.bound)),
            )
            for out in self.plain.outs
            if out.is_out
        )
        return Table("studies.outs", _("Out by a threshold"), heads, rows, self.source, self.on)

    def _vote(self) -> Iterable[Block]:
        stored = self.record["vote"]
        if not stored:
            return
        result = VoteResult.from_json(stored)
        yield Prose(literal(_vote_told(result)))
        if result.is_hidden:
            return
        heads = (Column(_("Option")), Column(_("Place"), "count"), Column(_("Votes"), "count"))
        rows = tuple((text_in(each.label, self.language), each.place, each.votes) for each in result.options)
        yield Table("studies.vote", _("Result of the vote"), heads, rows, _("Secret vote"), self.on)

    def _criteria(self) -> Iterable[Block]:
        heads = (
            *(Column(_("Criterion")), Column(_("Family")), Column(_("Weight"), "percent")),
            *(Column(_("More is better")), Column(_("Out below")), Column(_("Out above"))),
        )
        rows = tuple(
            (
                *(self.names.criteria[code], str(self.frozen[code].family_name)),
                *(self.plain.weights.get(code, 0.0), _("yes") if each["is_benefit"] else _("no")),
                *(_bound(each["knock_out_below"]), _bound(each["knock_out_above"])),
            )
            for code, each in self.criteria.items()
        )
        rule = Study.GroupRule(self.record["group"]["rule"]).label
        note = _("Weights of the group: %(rule)s.") % {"rule": rule}
        if self.record["group"]["note"]:
            note = f"{note} {self.record['group']['note']}"
        caption = _("Criteria with the weights of the group")
        yield Table("studies.weights", caption, heads, rows, self.source, self.on, note=note)

    def _people(self) -> Iterable[Block]:
        weighed = [each for each in self.record["people"] if each["weights"]]
        if not weighed:
            return
        heads = (Column(_("Person")), Column(_("Technique")), Column(_("Counts most for this person")))
        rows = tuple(
            (
                _pseudonym(number, each["group"]),
                WeightStatement.Technique(each["technique"]).label,
                listed(self._most(each["weights"])),
            )
            for number, each in enumerate(weighed, start=1)
        )
        yield Table("studies.people", _("Who weighed how"), heads, rows, self.source, self.on)

    def _most(self, weights: Mapping[str, float]) -> list[str]:
        ordered = sorted(weights, key=lambda code: (-weights[code], code))
        return [
            f"{self.names.criteria[code]} ({percent_text(weights[code])})"
            for code in ordered[:3]
            if code in self.names.criteria
        ]

    def _scores(self) -> Iterable[Block]:
        settled = self._settled()
        heads = [Column(_("Criterion"))]
        heads += [Column(each["name"]) for each in self.record["candidates"]]
        rows = tuple(
            (
                self.names.criteria[code],
                *(settled.get((each["pk"], code), "?") for each in self.record["candidates"]),
            )
            for code in self.criteria
        )
        note = _("Mean of what people judged, or what the group agreed, or what data say; ? = not known.")
        yield Table("studies.scores", _("Scores"), tuple(heads), rows, self.source, self.on, note=note)

    def _settled(self) -> dict[tuple[int, str], str]:
        """Return (candidate, code) → what counted, as the rule of the study has it."""
        by_cell: dict[tuple[int, str], dict[str, list[float]]] = {}
        for score in self.record["scores"]:
            if score["value"] is not None:
                cell = by_cell.setdefault((score["candidate"], score["code"]), {})
                cell.setdefault(score["origin"], []).append(score["value"])
        found = {}
        for key, origins in by_cell.items():
            values = next(origins[origin] for origin in ("agreed", "assessor", "data") if origin in origins)
            found[key] = number_text(sum(values) / len(values))
        return found

    def _evidence(self) -> Iterable[Block]:
        heads = (Column(_("Candidate")), Column(_("Criterion")), Column(_("Score")), Column(_("Evidence")))
        rows, seen = [], set()
        for score in self.record["scores"]:
            told = " · ".join(part for part in (score["evidence"], score["source"]) if part)
            value = "?" if score["value"] is None else number_text(score["value"])
            key = (score["candidate"], score["code"], told)
            if told and key not in seen:
                seen.add(key)
                row = (self.names.candidates[score["candidate"]], self.names.criteria[score["code"]])
                rows.append((*row, value, told))
        if rows:
            caption = _("Evidence and sources")
            yield Table("studies.evidence", caption, heads, tuple(rows), self.source, self.on)

    def _facts(self) -> Iterable[Block]:
        fields = profile_fields()
        heads = (
            *(Column(_("Candidate")), Column(_("Fact")), Column(_("Value"))),
            *(Column(_("Source")), Column(_("As of"))),
        )
        rows = tuple(
            (
                f"{each['name']} ({country_label(each['country'])})",
                str(fields[fact["field"]].name) if fact["field"] in fields else fact["field"],
                text_in(fact["text"], self.language),
                fact["source"],
                fact["as_of"],
            )
            for each in self.record["candidates"]
            for fact in each["facts"]
        )
        if rows:
            caption = _("Facts of the profiles on that day")
            yield Table("studies.facts", caption, heads, rows, self.source, self.on)


def _vote_told(result: VoteResult) -> str:
    told = ngettext(
        "%(voted)s of %(electors)s organisation voted; %(needed)s had to.",
        "%(voted)s of %(electors)s organisations voted; %(needed)s had to.",
        result.electors,
    ) % {"voted": result.voted, "electors": result.electors, "needed": result.needed}
    if result.is_hidden:
        return f"{told} " + _("Fewer than three ballots are not shown, so that the vote stays secret.")
    if not result.has_quorum:
        return f"{told} " + _("The quorum was not reached.")
    return told


def _pseudonym(number: int, group: str) -> str:
    shown = {"number": number, "group": Assessor.Group(group).label}
    return _("Person %(number)s, %(group)s") % shown


def _bound(value: float | None) -> str:
    return "–" if value is None else number_text(value)
