"""Which rows of a list may be organisations that are there already: questions, never answers.

A choice is "o12" (the organisation with key 12), "r5" (the same as row 5 of the file), "new" or "out" (leave
out).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kontor.accounts.models import Cluster
from kontor.actors.models import Organisation
from kontor.imports.duplicates import NameEntry, propose_duplicates, propose_duplicates_within
from kontor.imports.fields import ParsedRow

NEW, OUT = "new", "out"
MOST_CANDIDATES = 4
# From here on a question may be answered together with others by one click on "all the same".
SURE_SCORE = 95.0


@dataclass(frozen=True)
class Candidate:
    """What a row may be the same as. choice: "o12" or "r5"; reasons: codes with sentences."""

    choice: str
    entry: NameEntry
    score: float
    reasons: tuple[str, ...]

    @property
    def row_number(self) -> int | None:
        """The row of the file, or None for an organisation of the directory."""
        return int(self.choice[1:]) if self.choice.startswith("r") else None


@dataclass(frozen=True)
class Question:
    """A row that a person has to decide on. choice: "" until then."""

    row: ParsedRow
    entry: NameEntry
    candidates: tuple[Candidate, ...]
    choice: str

    @property
    def is_sure(self) -> bool:
        """True where the best candidate bears the same name and nothing speaks against it."""
        best = self.candidates[0]
        return best.score >= SURE_SCORE and "duplicate.same_name" in best.reasons


def known_entries(cluster: Cluster) -> list[NameEntry]:
    """Return the organisations of the cluster as far as names are compared. One query."""
    fields = ("pk", "name", "short_name", "country", "website", "city")
    return [NameEntry(*row) for row in Organisation.objects.filter(cluster=cluster).values_list(*fields)]


def row_entry(row: ParsedRow, home_country: str) -> NameEntry:
    """Return a row as far as names are compared."""
    value = row.values
    return NameEntry(
        row.number,
        value["name"] or "",
        value["short_name"] or "",
        value["country"] or home_country,
        value["website"] or "",
        value["city"] or "",
    )


def questions(
    rows: Sequence[ParsedRow], known: Sequence[NameEntry], choices: Mapping[str, str], home_country: str
) -> tuple[Question, ...]:
    """Return one question for each row that resembles an organisation of the directory or an earlier row."""
    entries = {row.number: row_entry(row, home_country) for row in rows}
    candidates = _candidates(entries, known)
    asked = []
    for row in rows:
        found = candidates.get(row.number)
        if found:
            choice = choices.get(str(row.number), "")
            possible = {NEW, OUT, *(candidate.choice for candidate in found)}
            asked.append(Question(row, entries[row.number], found, choice if choice in possible else ""))
    return _without_dangling(asked)


def _candidates(
    entries: Mapping[int, NameEntry], known: Sequence[NameEntry]
) -> dict[int, tuple[Candidate, ...]]:
    incoming = list(entries.values())
    by_key = {entry.key: entry for entry in known}
    found: dict[int, list[Candidate]] = {}
    for proposal in propose_duplicates(incoming, known):
        candidate = Candidate(
            f"o{proposal.known_key}", by_key[proposal.known_key], proposal.score, proposal.reasons
        )
        found.setdefault(proposal.incoming_key, []).append(candidate)  # type: ignore[arg-type]
    for proposal in propose_duplicates_within(incoming):
        earlier = entries[proposal.known_key]  # type: ignore[index]
        candidate = Candidate(f"r{proposal.known_key}", earlier, proposal.score, proposal.reasons)
        found.setdefault(proposal.incoming_key, []).append(candidate)  # type: ignore[arg-type]
    return {
        number: tuple(sorted(options, key=lambda option: -option.score)[:MOST_CANDIDATES])
        for number, options in found.items()
    }


def _without_dangling(asked: Iterable[Question]) -> tuple[Question, ...]:
    """Ask again where the row that another one was said to equal is left out."""
    settled: list[Question] = []
    left_out: set[str] = set()
    for question in asked:
        if question.choice in left_out:
            question = Question(question.row, question.entry, question.candidates, "")
        if question.choice == OUT:
            left_out.add(f"r{question.row.number}")
        settled.append(question)
    return tuple(settled)


def sure_choices(asked: Iterable[Question]) -> dict[int, str]:
    """Return the choice "the same" for every undecided question whose best candidate is sure."""
    return {q.row.number: q.candidates[0].choice for q in asked if not q.choice and q.is_sure}
