"""LimeSurvey's question types → questions of Kontor; one may become several."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kontor.questionnaires.answers import LARGEST_NUMBER
from kontor.questionnaires.definition import OTHER, Kind, Option, Question, Range, Row
from kontor.questionnaires.exchange.carried import Findings
from kontor.questionnaires.exchange.lss_survey import Asked, Part
from kontor.questionnaires.exchange.meaning import Target
from kontor.questionnaires.exchange.names import Names, option_code

MOST_CELLS = 60
_FIXED = {
    "Y": (("Y", "Ja", "Yes"), ("N", "Nein", "No")),
    "G": (("F", "Weiblich", "Female"), ("M", "Männlich", "Male")),
    "C": (("Y", "Ja", "Yes"), ("U", "Unsicher", "Uncertain"), ("N", "Nein", "No")),
    "E": (("I", "Mehr", "Increase"), ("S", "Gleich", "Same"), ("D", "Weniger", "Decrease")),
}


@dataclass(frozen=True)
class Made:
    """A question, and what its names in expressions stand for: name → Target without its place."""

    question: Question
    targets: Mapping[str, Target]
    asked: Asked = field(repr=False)


@dataclass(frozen=True)
class Maker:
    """Makes questions; shared by all of a file."""

    languages: tuple[str, ...]
    findings: Findings
    names: Names

    def make(self, asked: Asked) -> list[Made]:
        """Return the questions that one of LimeSurvey becomes; none where Kontor cannot ask it."""
        maker = _MAKERS.get(asked.type)
        if asked.attributes.get("hidden") == "1":
            self.findings.dropped("exchange.hidden_not_carried", asked.at(), type=asked.type, name=asked.code)
            return []
        if maker is None:
            self.findings.dropped("exchange.type_not_carried", asked.at(), type=_name(asked), name=asked.code)
            return []
        made = maker(self, asked)
        for each in made:
            self._mind_missing_label(each)
        return [replace(each, question=self._labelled(each.question)) for each in made]

    def base(self, asked: Asked, kind: Kind, *, code: str = "") -> Question:
        """Return the question with what all types share."""
        mandatory = asked.row.get("mandatory", "N")
        if mandatory == "S":
            self.findings.simpler("exchange.soft_mandatory", asked.at())
        wanted = code or asked.code or f"q{asked.row.get('qid', '')}"
        return Question(
            self.names.take(wanted),
            kind,
            asked.label,
            help=asked.help,
            is_required=mandatory == "Y" and kind != Kind.NOTE,
        )

    def made(self, asked: Asked, question: Question, targets: Mapping[str, Target] | None = None) -> Made:
        """Return the question with its plain names."""
        own = Target(question.code, question.kind, 0)
        return Made(question, {asked.code: own, **(targets or {})}, asked)

    def options(self, parts: tuple[Part, ...], asked: Asked) -> tuple[tuple[Option, ...], dict[str, str]]:
        """Return the options, and codes of the file → codes where they differ."""
        taken: set[str] = set()
        options, values = [], {"-oth-": OTHER}
        for part in parts:
            code = option_code(part.code, taken)
            if code != part.code:
                values[part.code] = code
                self.findings.simpler("exchange.choice_renamed", asked.at(), name=part.code, code=code)
            options.append(Option(code, self._label(part, asked)))
        return tuple(options), values

    def rows(self, parts: tuple[Part, ...], asked: Asked) -> tuple[tuple[Row, ...], dict[str, str]]:
        """Return the rows of a matrix, and sub-question → code of the row."""
        taken: set[str] = set()
        rows, codes = [], {}
        for part in parts:
            codes[part.code] = option_code(part.code, taken)
            rows.append(Row(codes[part.code], self._label(part, asked)))
        return tuple(rows), codes

    def fixed(self, letter: str) -> tuple[Option, ...]:
        """Return the options that LimeSurvey itself offers."""
        return tuple(
            Option(code, {each: german if each.startswith("de") else english for each in self.languages})
            for code, german, english in _FIXED[letter]
        )

    def steps(self, high: int) -> tuple[Option, ...]:
        """Return 1 to `high` as options."""
        return tuple(
            Option(str(step), dict.fromkeys(self.languages, str(step))) for step in range(1, high + 1)
        )

    def _label(self, part: Part, asked: Asked) -> Mapping[str, str]:
        if not part.label:
            self.findings.simpler("exchange.choice_no_label", asked.at(), name=part.code)
        return part.label or {self.languages[0]: part.code}

    def _mind_missing_label(self, made: Made) -> None:
        if not made.question.label:
            self.findings.simpler("exchange.no_label", made.asked.at(), name=made.question.code)

    def _labelled(self, question: Question) -> Question:
        return question if question.label else replace(question, label={self.languages[0]: question.code})


def _single(maker: Maker, asked: Asked) -> list[Made]:
    options, values = maker.options(asked.answers, asked)
    question = maker.base(asked, Kind.SINGLE)
    question = replace(question, options=options, has_other=asked.row.get("other") == "Y")
    if asked.type == "O":
        maker.findings.dropped("exchange.comment_not_carried", asked.at())
    own = Target(question.code, Kind.SINGLE, 0, values=values)
    other = Target(question.code, Kind.SINGLE, 0, option=OTHER)
    return [maker.made(asked, question, {asked.code: own, f"{asked.code}_other": other})]


def _multiple(maker: Maker, asked: Asked) -> list[Made]:
    options, values = maker.options(asked.rows, asked)
    alone = {values.get(code, code) for code in asked.attributes.get("exclude_all_others", "").split(";")}
    options = tuple(replace(option, is_exclusive=option.code in alone) for option in options)
    question = maker.base(asked, Kind.MULTIPLE)
    question = replace(question, options=options, has_other=asked.row.get("other") == "Y", most=_most(asked))
    if asked.type == "P":
        maker.findings.dropped("exchange.comment_not_carried", asked.at())
    codes = {part.code: option.code for part, option in zip(asked.rows, options, strict=True)}
    ticked = {
        f"{asked.code}_{name}": Target(question.code, Kind.MULTIPLE, 0, option=code)
        for name, code in {**codes, "other": OTHER}.items()
    }
    return [maker.made(asked, question, ticked)]


def _ranking(maker: Maker, asked: Asked) -> list[Made]:
    options, _values = maker.options(asked.answers or asked.rows, asked)
    return [maker.made(asked, replace(maker.base(asked, Kind.RANKING), options=options, most=_most(asked)))]


def _fixed(maker: Maker, asked: Asked) -> list[Made]:
    return [maker.made(asked, replace(maker.base(asked, Kind.SINGLE), options=maker.fixed(asked.type)))]


def _five(maker: Maker, asked: Asked) -> list[Made]:
    return [maker.made(asked, replace(maker.base(asked, Kind.SCALE), range=Range(1, 5)))]


def _matrix(maker: Maker, asked: Asked) -> list[Made]:
    """Make one matrix; the array with two scales becomes two."""
    made = []
    for scale in (0, 1) if asked.type == "1" else (0,):
        options, _values = _columns(maker, asked, scale)
        rows, codes = maker.rows(tuple(part for part in asked.rows if part.scale == 0), asked)
        suffix = f"_{scale + 1}" if scale else ""
        question = replace(
            maker.base(asked, Kind.MATRIX, code=asked.code + suffix), options=options, rows=rows
        )
        targets = {
            f"{asked.code}_{name}": Target(question.code, Kind.MATRIX, 0, row=code)
            for name, code in codes.items()
        }
        made.append(maker.made(asked, question, {} if scale else targets))
    if len(made) > 1:
        maker.findings.simpler("exchange.two_scales", asked.at())
    return made


def _columns(maker: Maker, asked: Asked, scale: int) -> tuple[tuple[Option, ...], dict[str, str]]:
    if asked.type in ("A", "B"):
        return maker.steps(5 if asked.type == "A" else 10), {}
    if asked.type in _FIXED:
        return maker.fixed(asked.type), {}
    return maker.options(tuple(part for part in asked.answers if part.scale == scale), asked)


def _text(maker: Maker, asked: Asked) -> list[Made]:
    return [maker.made(asked, replace(maker.base(asked, Kind.TEXT), is_long=asked.type in ("T", "U")))]


def _number(maker: Maker, asked: Asked) -> list[Made]:
    return [maker.made(asked, replace(maker.base(asked, Kind.NUMBER), range=_range(asked)))]


def _date(maker: Maker, asked: Asked) -> list[Made]:
    found = asked.attributes.get("date_format", "").strip()
    if "H" in found and not ({"d", "y"} & set(found.lower())):
        maker.findings.simpler("exchange.type_simpler_text", asked.at(), type=found)
        return [maker.made(asked, maker.base(asked, Kind.TEXT))]
    if "H" in found:
        maker.findings.simpler("exchange.time_not_carried", asked.at(), found=found)
    return [maker.made(asked, maker.base(asked, Kind.DATE))]


def _note(maker: Maker, asked: Asked) -> list[Made]:
    return [maker.made(asked, maker.base(asked, Kind.NOTE))]


def _each(maker: Maker, asked: Asked) -> list[Made]:
    """Make one question of each sub-question: several short texts or numbers."""
    kind = Kind.NUMBER if asked.type == "K" else Kind.TEXT
    maker.findings.simpler("exchange.one_for_each_row", asked.at(), count=len(asked.rows))
    cells = [(part.code, _joined(asked.label, part.label)) for part in asked.rows]
    return list(_several(maker, asked, kind, cells))


def _cells(maker: Maker, asked: Asked) -> list[Made]:
    """Make a question of each cell of a table of texts or numbers."""
    rows = [part for part in asked.rows if part.scale == 0]
    columns = [part for part in asked.rows if part.scale == 1]
    if asked.type == ":" and asked.attributes.get("multiflexible_checkbox") == "1":
        return _ticks(maker, asked, rows, tuple(replace(part, scale=0) for part in columns))
    if not 0 < len(rows) * len(columns) <= MOST_CELLS:
        maker.findings.dropped("exchange.type_not_carried", asked.at(), type=_name(asked), name=asked.code)
        return []
    cells = [
        (f"{row.code}_{column.code}", _joined(asked.label, _joined(row.label, column.label)))
        for row in rows
        for column in columns
    ]
    maker.findings.simpler("exchange.one_for_each_cell", asked.at(), count=len(cells))
    return list(_several(maker, asked, Kind.NUMBER if asked.type == ":" else Kind.TEXT, cells))


def _ticks(maker: Maker, asked: Asked, rows: list[Part], columns: tuple[Part, ...]) -> list[Made]:
    """Make a multiple choice of each row of a table of boxes."""
    maker.findings.simpler("exchange.one_for_each_row", asked.at(), count=len(rows))
    made = []
    for each in _several(
        maker, asked, Kind.MULTIPLE, [(row.code, _joined(asked.label, row.label)) for row in rows]
    ):
        options, _values = maker.options(columns, asked)
        made.append(replace(each, question=replace(each.question, options=options)))
    return made


def _several(
    maker: Maker, asked: Asked, kind: Kind, cells: Sequence[tuple[str, Mapping[str, str]]]
) -> Iterator[Made]:
    for name, label in cells:
        question = maker.base(asked, kind, code=f"{asked.code}_{name}")
        question = replace(question, label=label, range=_range(asked) if kind == Kind.NUMBER else Range())
        target = Target(question.code, kind, 0)
        yield Made(question, {f"{asked.code}_{name}": target}, asked)


def _joined(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    codes = dict.fromkeys((*first, *second))
    return {code: " – ".join(text for text in (first.get(code), second.get(code)) if text) for code in codes}


def _most(asked: Asked) -> int:
    most = _float(asked.attributes.get("max_answers", ""))
    return int(most) if most and 0 < most < 1000 else 0


def _range(asked: Asked) -> Range:
    keys = (
        ("min_num_value_n", "max_num_value_n")
        if asked.type in ("N", "K")
        else ("multiflexible_min", "multiflexible_max")
    )
    low, high = (_float(asked.attributes.get(key, "")) for key in keys)
    if low is not None and high is not None and low > high:
        low = high = None
    return Range(low, high, is_whole=asked.attributes.get("num_value_int_only") == "1")


def _float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= LARGEST_NUMBER else None


def _name(asked: Asked) -> str:
    theme = asked.row.get("question_theme_name", "")
    return f"{asked.type} ({theme})" if theme else asked.type


_MAKERS: dict[str, Callable[[Maker, Asked], list[Made]]] = {
    **dict.fromkeys("L!OWZ", _single),
    **dict.fromkeys("MP", _multiple),
    **dict.fromkeys("YG", _fixed),
    **dict.fromkeys("FHABCE1", _matrix),
    **dict.fromkeys("STU", _text),
    **dict.fromkeys("QK", _each),
    **dict.fromkeys(":;", _cells),
    **{"R": _ranking, "5": _five, "N": _number, "D": _date, "X": _note},
}
