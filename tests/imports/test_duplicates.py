"""Names that are the same, and names that only look so."""

import random

import pytest

from kontor.imports.cordis import read_cordis_folder
from kontor.imports.duplicates import NameEntry, Proposal, propose_duplicates, propose_duplicates_within


def proposed(one: str | NameEntry, other: str | NameEntry) -> Proposal | None:
    """Return the proposal for two entries, if any."""
    first = NameEntry("new", one) if isinstance(one, str) else one
    second = NameEntry("old", other) if isinstance(other, str) else other
    found = propose_duplicates([first], [second])
    return found[0] if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Technische Universität Graz", "TECHNISCHE UNIVERSITAET GRAZ"),
        ("TU Graz", "TECHNISCHE UNIVERSITAET GRAZ"),
        ("Technische Universität München", "TECHNISCHE UNIVERSITAET MUENCHEN"),
        ("Universität Stuttgart", "University of Stuttgart"),
        ("Hochschule München", "Hochschule für angewandte Wissenschaften München"),
        ("Robert Bosch GmbH", "ROBERT BOSCH GMBH"),
        ("Bosch", "BOSCH"),
        ("AVL List GmbH", "AVL LIST GMBH"),
        ("BASF SE", "Basf SE"),
        ("Siemens AG", "SIEMENS AKTIENGESELLSCHAFT"),
        ("Siemens", "Siemens AG"),
        ("Maschinen-Bau Müller GmbH", "Maschinenbau Mueller GmbH"),
        ("Groß & Söhne GmbH & Co. KG", "GROSS UND SOEHNE GMBH UND CO KG"),
        ("Metso Outotec Finland Oy", "METSO OUTOTEC FINLAND OY"),
        ("Società Agricola S.r.l.", "SOCIETA AGRICOLA SRL"),
        ("Łódź Systems Sp. z o.o.", "LODZ SYSTEMS SP ZOO"),
    ],
)
def test_spelling_and_legal_form_do_not_make_another_organisation(one, other):
    assert proposed(one, other) == Proposal("new", "old", 100.0, ("duplicate.same_name",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IPA", "IPA"),
        ("CEA", "CEA"),
        ("CEA", "CEA France"),
        ("KTH", "KTH Royal Institute of Technology"),
        ("TU Dresden", "TU Wien"),
        ("Universität Wien", "TECHNISCHE UNIVERSITAET WIEN"),
        ("Fraunhofer IPA", "Fraunhofer IPM"),
        ("Fraunhofer IPA", "Fraunhofer Gesellschaft zur Förderung der angewandten Forschung e.V."),
        (
            "Fraunhofer-Institut für Produktionstechnik und Automatisierung IPA",
            "Fraunhofer-Institut für Physikalische Messtechnik IPM",
        ),
        ("Max-Planck-Institut für Physik", "Max-Planck-Institut für Chemie"),
        ("SIEMENS AG OESTERREICH", "SIEMENS AKTIENGESELLSCHAFT"),
        ("INFINEON TECHNOLOGIES AG", "INFINEON TECHNOLOGIES AUSTRIA AG"),
        ("NXP SEMICONDUCTORS NETHERLANDS BV", "NXP SEMICONDUCTORS GERMANY GMBH"),
        ("PHILIPS MEDICAL SYSTEMS NEDERLAND BV", "PHILIPS ELECTRONICS NEDERLAND B.V."),
        ("AVL LIST GMBH", "AVL SOFTWARE AND FUNCTIONS GMBH"),
        ("BOSCH GMBH", "ROBERT BOSCH GMBH"),
        ("Werk 1 GmbH", "Werk 2 GmbH"),
        ("GmbH", "GmbH"),
        ("Institut", "Institut"),
        ("", ""),
    ],
)
def test_names_that_only_look_alike_are_not_proposed(one, other):
    assert proposed(one, other) is None


def test_a_typing_error_lowers_the_score():
    found = proposed("Forschungszentrum Jülich GmbH", "FORSCHUNGSZENTRUM JULICH GMBH")

    assert found == Proposal("new", "old", 95.0, ("duplicate.similar_name",))


def test_equal_short_names_never_match_different_names():
    one = NameEntry("new", "Institut für Produktionsanlagen", short_name="IPA", country="DE")
    other = NameEntry("old", "International Photonics Association", short_name="IPA", country="DE")

    assert proposed(one, other) is None


def test_an_equal_website_never_matches_different_names():
    one = NameEntry("new", "Fraunhofer IPA", website="www.fraunhofer.de")
    other = NameEntry("old", "Fraunhofer IPM", website="https://fraunhofer.de/ipm")

    assert proposed(one, other) is None


def test_an_equal_website_raises_the_score():
    one = NameEntry("new", "Mueler Maschinenbau", website="www.mueller.example")
    other = NameEntry("old", "Müller Maschinenbau", website="https://mueller.example/de")

    assert proposed(one, other) == Proposal(
        "new", "old", 100.0, ("duplicate.similar_name", "duplicate.same_website")
    )


def test_another_country_lowers_the_score():
    one, other = NameEntry("new", "Melexis GmbH", country="DE"), NameEntry("old", "Melexis", country="BE")

    assert proposed(one, other) == Proposal(
        "new", "old", 85.0, ("duplicate.same_name", "duplicate.other_country")
    )


def test_another_legal_form_in_another_country_is_another_company():
    one = NameEntry("new", "Lam Research SAS", country="FR")
    other = NameEntry("old", "Lam Research S.r.l.", country="IT")

    assert proposed(one, other) is None


def test_towns_support_and_weaken():
    one = NameEntry("new", "Optik Meier", city="Jena")
    same, other = NameEntry("old", "Optik Meier", city="JENA"), NameEntry("old", "Optik Meier", city="Kiel")

    assert [(p.score, p.reasons) for p in (proposed(one, same), proposed(one, other)) if p] == [
        (100.0, ("duplicate.same_name", "duplicate.same_city")),
        (96.0, ("duplicate.same_name", "duplicate.other_city")),
    ]


def test_an_acronym_with_its_own_website_is_proposed():
    one = NameEntry("new", "IMEC", website="imec.example")

    assert proposed(one, NameEntry("old", "IMEC", website="www.imec.example")) == Proposal(
        "new", "old", 100.0, ("duplicate.same_name", "duplicate.same_website")
    )


def test_the_best_proposal_of_each_entry_comes_first():
    known = [NameEntry(1, "Optik Meier", country="AT"), NameEntry(2, "Optik Meier", country="DE")]

    found = propose_duplicates([NameEntry("new", "Optik Meier", country="DE")], known)

    assert [proposal.known_key for proposal in found] == [2, 1]


def test_duplicates_inside_one_file_name_the_earlier_entry():
    entries = [NameEntry(2, "Optik Meier"), NameEntry(3, "Laser Huber"), NameEntry(4, "OPTIK MEIER GMBH")]

    assert propose_duplicates_within(entries) == (Proposal(4, 2, 100.0, ("duplicate.same_name",)),)


def test_all_organisations_of_ecsel_find_themselves_in_other_spelling(shared_data):
    chosen = random.Random(1).sample(read_cordis_folder(shared_data / "cordis-ecsel").organisations, 300)
    known = [NameEntry(o.reference, o.name, country=o.country) for o in chosen if len(o.name.split()) > 2]
    incoming = [
        NameEntry(entry.key, entry.name.title().replace("Ae", "ä").replace("Ue", "ü"), country=entry.country)
        for entry in known
    ]

    found = {proposal.incoming_key for proposal in propose_duplicates(incoming, known)}

    assert [entry.name for entry in known if entry.key not in found] == []


def test_the_organisations_of_ecsel_hold_few_doubtful_pairs(shared_data):
    organisations = read_cordis_folder(shared_data / "cordis-ecsel").organisations
    names = {o.reference: o.name for o in organisations}

    found = propose_duplicates_within(
        [NameEntry(o.reference, o.name, o.short_name, o.country, o.website) for o in organisations]
    )

    assert [(names[p.incoming_key], names[p.known_key]) for p in found if p.score >= 93] == [
        ("SMART ROBOTICS BV", "SMART ROBOTICS BV"),
        ("ASM EUROPE BV", "ASM EUROPE BV"),
        ("APPLIED MATERIALS GMBH & CO KG", "APPLIED MATERIALS GMBH"),
    ]
