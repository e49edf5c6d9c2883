"""`kontor rank`: studies in Excel, JSON and XMCDA, without a database."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import xlsxwriter

from kontor.config.command import main
from tests.methods.decision.test_promethee import FUNCTIONS, MORE_IS_BETTER, SITES

XMCDA = Path(__file__).parents[3] / "shared" / "data" / "decision" / "promethee-flows"
needs_xmcda = pytest.mark.skipif(not XMCDA.exists(), reason="the public data beside the project is not here")
PLAIN = ("1.v2", "1.v3", "4.v3", "7.v3", "8.v3")
AGAINST_PROFILES = ("2.v2", "2.v3", "3.v2", "3.v3", "4.v2", "5.v3", "6.v3")

CRITERIA = (
    (
        "name",
        "weight",
        "direction",
        "scale low",
        "scale high",
        "knock-out below",
        "preference function",
        "q",
        "p",
    ),
    ("Members", 3, "more", 0, 200, 20, "linear", 5, 50),
    ("Distance", 1, "less"),
)
SCORES = (
    ("candidate", "Members", "Distance"),
    ("Minalogic", 120, 800),
    ("Flanders Make", "80–100", 300),
    ("Nobody knows", "?", None),
    ("Too small", 12, 100),
)


def workbook(criteria=CRITERIA, scores=SCORES, names=("criteria", "scores")) -> bytes:
    """Return a workbook with these rows."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, rows in zip(names, (criteria, scores), strict=True):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


@pytest.fixture
def rank(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Return a function that ranks a file's content: exit code, result or None, what was printed."""

    def run(content: bytes | Path, *options: str) -> tuple[int, Any, str]:
        study, target = tmp_path / "study", tmp_path / "result.json"
        if isinstance(content, bytes):
            study.write_bytes(content)
        else:
            study = content
        code = main(["rank", str(study), "-o", str(target), *options])
        result = json.loads(target.read_text("utf-8")) if target.exists() else None
        printed = capsys.readouterr()
        return code, result, printed.out + printed.err

    return run


def order(result: dict[str, Any], method: str) -> list[str]:
    return [row["candidate"] for row in result["results"][method]["ranking"]]


def test_a_workbook_is_ranked_by_all_methods(rank):
    code, result, printed = rank(workbook())

    assert code == 0
    assert result["ranked"] == ["Minalogic", "Flanders Make", "Nobody knows"]
    assert result["results"]["weighted-sum"]["ranking"] == [
        {"rank": 1, "candidate": "Flanders Make", "value": pytest.approx(0.5875)},
        {"rank": 2, "candidate": "Minalogic", "value": pytest.approx(0.45)},
        {"rank": None, "candidate": "Nobody knows", "value": None},
    ]
    assert list(result["results"]) == ["weighted-sum", "topsis", "promethee", "smaa"]
    assert all(found["note"] for found in result["results"].values())
    assert "Too small: Members: 12 is below 20" in printed


def test_who_is_knocked_out_takes_no_part_and_the_reason_is_told(rank):
    _, result, _ = rank(workbook())

    assert result["knocked_out"] == [
        {
            "candidate": "Too small",
            "criterion": "Members",
            "score": [12, 12],
            "threshold": 20,
            "side": "below",
            "reason": "Members: 12 is below 20",
        }
    ]
    assert [each["reason"] for each in result["may_be_knocked_out"]] == [
        "Members: not known, so it may be below 20"
    ]
    assert "Too small" not in json.dumps(result["results"])


def test_a_range_across_the_threshold_does_not_knock_out(rank):
    _, result, _ = rank(workbook(scores=(*SCORES, ("On the edge", "15 to 25", 100))))

    assert "On the edge" in result["ranked"]
    assert result["may_be_knocked_out"][-1]["reason"] == "Members: 15 to 25 may be below 20"


def test_where_everyone_is_knocked_out_nothing_is_ranked(rank):
    code, result, printed = rank(workbook(scores=(SCORES[0], SCORES[4])))

    assert (code, result["ranked"], result["results"]) == (0, [], {})
    assert "Every candidate is knocked out; there is nothing to rank." in printed


def test_smaa_tells_shares_of_ranks_and_what_speaks_for_whom(rank):
    _, result, _ = rank(workbook(), "--method", "smaa", "--samples", "500", "--seed", "3")
    found = result["results"]["smaa"]

    assert list(result["results"]) == ["smaa"]
    assert result["settings"] == {
        "methods": ["smaa"],
        "samples": 500,
        "seed": 3,
        "weights": "around",
        "spread": 0.5,
    }
    assert {name: round(sum(row), 9) for name, row in found["rank_acceptability"].items()} == dict.fromkeys(
        result["ranked"], 1
    )
    assert found["pairwise"]["Minalogic"]["Minalogic"] == 0.5
    assert list(found["central_weights"]["Minalogic"]) == ["Members", "Distance"]
    assert sum(found["central_weights"]["Minalogic"].values()) == pytest.approx(1)


@pytest.mark.parametrize("weights", ["around", "ordered", "free"])
def test_the_same_seed_gives_the_same_file(rank, weights):
    first, second = (rank(workbook(), "--weights", weights, "--samples", "300")[1] for _ in range(2))

    assert first == second


def test_the_input_is_known_by_its_fingerprint(rank):
    import hashlib

    content = workbook()

    assert rank(content)[1]["input"] == {"file": "study", "sha256": hashlib.sha256(content).hexdigest()}


def test_german_sheets_headings_and_numbers_are_understood(rank):
    _, result, _ = rank(
        workbook(
            (("Kriterium", "Gewicht", "Richtung", "K.-o. unter"), ("Mitglieder", "1,5", "mehr", "2,5")),
            (("Kandidat", "Mitglieder"), ("A", "1.250,5"), ("B", "3 bis 4"), ("C", "unbekannt")),
            ("Kriterien", "Bewertungen"),
        ),
        "--method",
        "weighted-sum",
    )

    assert order(result, "weighted-sum") == ["A", "B", "C"]


def test_every_fault_of_a_workbook_is_named_by_sheet_row_and_column(rank):
    code, result, printed = rank(
        workbook(
            (
                CRITERIA[0],
                ("Members", -1, "up", 5, 5, "", "round"),
                ("Members", "many", "less", "", "", "", "linear", 5, 2),
                ("", 1),
            )
        )
    )

    assert (code, result) == (1, None)
    assert printed.splitlines()[1:] == [
        "  criteria, row 2, column B: A weight is a number from zero upwards.",
        "  criteria, row 2, column C: “up” is no direction. Write “more” or “less”: what is better.",
        "  criteria, row 2, column G: “round” is no preference function. There are: "
        "usual, u_shape, v_shape, level, linear, gaussian.",
        "  criteria, row 3, column B: “many” is not a number. Write, for example, 1250 or 1250.50.",
        "  criteria, row 3, column G: The thresholds of a preference function do not fit: "
        "q must not be negative, p not below q, and s must be above zero.",
        "  criteria, row 3, column A: “Members” stands in criteria, row 2, column A already.",
        "  criteria, row 4, column A: The criterion has no name.",
    ]


def test_every_fault_of_the_scores_is_named_by_row_and_column(rank):
    code, _, printed = rank(
        workbook(
            scores=(
                ("candidate", "Members", "Length"),
                ("Minalogic", "4–3", 800),
                ("Minalogic", "#REF!", 300),
                ("", "about 5"),
            )
        )
    )

    assert code == 1
    assert printed.splitlines()[1:] == [
        "  scores, column C: “Length” does not stand among the criteria.",
        "  scores, row 1: There is no column for the criterion “Distance”.",
        "  scores, row 2, column B: The range begins with 4 above its end 3.",
        "  scores, row 3, column B: The formula in this cell is broken: #REF!.",
        "  scores, row 4, column B: “about 5” is not a number. Write, for example, 1250 or 1250.50.",
        "  scores, row 3, column A: “Minalogic” stands in scores, row 2, column A already.",
        "  scores, row 4, column A: The candidate has no name.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"name;weight\nA;1\n", "There is no sheet “criteria”"),
        (workbook(names=("criteria", "other")), "There is no sheet “scores”"),
        (workbook((("name",), ("A",))), "There is no column “weight”."),
        (workbook((CRITERIA[0],)), "There is no criterion."),
        (workbook((CRITERIA[0], ("Members", 0))), "All weights are zero."),
        (workbook((CRITERIA[0], ("Members", 1, "more", 5, 5))), "The lower end of the scale must be below"),
        (workbook(scores=(SCORES[0],)), "There is no candidate."),
        (b"{", "This is no JSON"),
        (b"[]", "The file must hold an object"),
        (b"{}", "criteria: There must be a list of objects"),
        (b'{"criteria": [{"name": "A", "weight": 1}], "candidates": []}', "candidates: There must be a list"),
    ],
)
def test_what_is_no_study_is_refused_in_a_sentence(rank, content, sentence):
    code, result, printed = rank(content)

    assert (code, result) == (1, None)
    assert sentence in printed


def study(**changes: Any) -> dict[str, Any]:
    """Return the study of the workbook as JSON has it."""
    return {
        "title": "Partners",
        "criteria": [
            {
                "name": "Members",
                "weight": 3,
                "scale": [0, 200],
                "knock_out_below": 20,
                "preference": {"function": "linear", "q": 5, "p": 50},
            },
            {"name": "Distance", "weight": 1, "direction": "less"},
        ],
        "candidates": [
            {"name": "Minalogic", "scores": {"Members": 120, "Distance": 800}},
            {"name": "Flanders Make", "scores": {"Members": [80, 100], "Distance": 300}},
            {"name": "Nobody knows", "scores": {"Members": None}},
            {"name": "Too small", "scores": {"Members": 12, "Distance": 100}},
        ],
    } | changes


def test_json_gives_the_same_as_the_workbook(rank):
    from_json, from_workbook = rank(json.dumps(study()).encode())[1], rank(workbook())[1]

    assert from_json["title"] == "Partners"
    assert [from_json[key] for key in ("results", "knocked_out", "criteria")] == [
        from_workbook[key] for key in ("results", "knocked_out", "criteria")
    ]


def test_every_fault_of_a_json_file_is_named_by_its_place(rank):
    faulty = study(
        criteria=[
            {"name": "A", "weight": "3", "size": 1},
            {"name": "B", "weight": 1, "scale": [1], "direction": "up", "knock_out_below": True},
            {"name": "B", "weight": 1, "preference": {"function": "gaussian"}},
        ],
        candidates=[{"name": "X", "scores": {"A": [2, 1], "C": 1}}, {"name": "Y"}],
    )
    code, _, printed = rank(json.dumps(faulty).encode())

    assert code == 1
    assert [line.split(": ")[0].strip() for line in printed.splitlines()[1:]] == [
        "criteria[0]",
        "criteria[0].weight",
        "criteria[1].direction",
        "criteria[1].scale",
        "criteria[1].knock_out_below",
        "criteria[2].preference",
        "criteria[2]",
        "candidates[0].scores",
        "candidates[0].scores[A]",
        "candidates[1]",
    ]


def test_the_published_sites_are_ranked_as_published(rank):
    """Brans & Vincke (1985), see tests/methods/decision/test_promethee.py."""
    names = [f"g{number}" for number in range(1, 7)]
    published = {
        "criteria": [
            {
                "name": name,
                "weight": 1,
                "direction": "more" if is_benefit else "less",
                "preference": {
                    "function": function.shape.value,
                    **{key: value for key in "qps" if (value := getattr(function, key))},
                },
            }
            for name, is_benefit, function in zip(names, MORE_IS_BETTER, FUNCTIONS, strict=True)
        ],
        "candidates": [
            {"name": f"a{number}", "scores": dict(zip(names, row, strict=True))}
            for number, row in enumerate(SITES, 1)
        ],
    }
    _, result, _ = rank(json.dumps(published).encode(), "--method", "promethee")

    assert order(result, "promethee") == ["a5", "a2", "a4", "a6", "a3", "a1"]


@needs_xmcda
@pytest.mark.parametrize("case", PLAIN)
def test_the_plain_xmcda_cases_flow_as_expected(rank, case):
    code, result, _ = rank(XMCDA / f"in{case}")

    assert code == 0
    for side in ("positive", "negative"):
        root = ElementTree.parse(XMCDA / f"out{case}" / f"{side}_flows.xml").getroot()
        wanted = {
            each.findtext("alternativeID"): float(each.findtext(".//real"))
            for each in root.iter("alternativeValue")
        }
        assert result["results"]["promethee"][side] == pytest.approx(wanted, abs=1e-12)


@needs_xmcda
@pytest.mark.parametrize("case", AGAINST_PROFILES)
def test_comparisons_with_profiles_are_no_ranking(rank, case):
    code, result, printed = rank(XMCDA / f"in{case}")

    assert (code, result) == (1, None)
    assert "not among themselves" in printed


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "alternatives.xml: The file cannot be read"),
        ({"alternatives": "<a/>"}, "There are 0 alternatives"),
        ({"alternatives": "no xml"}, "This is no XML that can be read safely"),
        (
            {"alternatives": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
            "This is no XML that can be read safely",
        ),
        (
            {"alternatives": '<a><alternative id="x"/><alternative id="x"/></a>'},
            "Each alternative needs a name of its own",
        ),
        (
            {
                "alternatives": '<a><alternative id="x"/></a>',
                "preferences": "<a><row><alternativeID>x</alternativeID><column/></row></a>",
            },
            "A preference has no number",
        ),
        (
            {
                "alternatives": '<a><alternative id="x"/></a>',
                "preferences": "<a><row><column><real>-1</real></column></row></a>",
            },
            "The preference -1 is not a number from zero upwards",
        ),
    ],
)
def test_xmcda_that_cannot_be_read_is_refused_in_a_sentence(rank, tmp_path, files, sentence):
    folder = tmp_path / "xmcda"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.xml").write_text(text)
    code, result, printed = rank(folder)

    assert (code, result) == (1, None)
    assert sentence in printed


def test_the_template_can_be_ranked_as_it_is(rank, tmp_path, capsys):
    file = tmp_path / "template.xlsx"

    assert main(["rank", "--template", str(file)]) == 0
    assert capsys.readouterr().out == f"{file} is ready to be filled in.\n"
    assert rank(file)[1]["ranked"] == ["First candidate", "Second candidate"]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("study.xlsx",),
        ("nowhere.xlsx", "-o", "result.json"),
        ("--template", "no/folder/template.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)

    assert main(["rank", *words]) == 1
    assert capsys.readouterr().err.startswith("kontor: ")


@pytest.mark.parametrize("options", [("--samples", "0"), ("--spread", "150"), ("--seed", "-1")])
def test_settings_that_make_no_sense_are_refused(rank, options):
    code, result, printed = rank(workbook(), *options)

    assert (code, result) == (1, None)
    assert printed.startswith("kontor: ")
