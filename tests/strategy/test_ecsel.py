"""Austria in the ECSEL projects: what the concept says equals a direct count of the source files."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kontor.accounts.models import Cluster
from kontor.actors.services.importing.cordis import import_cordis_folder
from kontor.reports.model import Chart, Table
from kontor.strategy.document import EVIDENCE
from tests.factories import ClusterFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
HOME = "AT"


class Source:
    """The participants' workbook, counted without any of Kontor's code."""

    def __init__(self, folder: Path) -> None:
        sheet = openpyxl.load_workbook(folder / "participants.xlsx", read_only=True).active
        header, *rows = sheet.iter_rows(values_only=True)
        place = {name: index for index, name in enumerate(header)}
        self.name: dict[int, str] = {}
        self.country: dict[int, str] = {}
        self.projects: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            organisation = row[place["organisationID"]]
            written = row[place["country"]].split(";")[0]
            self.name[organisation] = row[place["name"]]
            self.country[organisation] = {"EL": "GR", "UK": "GB"}.get(written, written)
            self.projects[row[place["projectID"]]].add(organisation)
        self.members = {o for o, country in self.country.items() if country == HOME}
        self.with_members = [there for there in self.projects.values() if there & self.members]

    def foreign(self, organisation: int) -> bool:
        return self.country[organisation] != HOME


@pytest.fixture(scope="module")
def source(shared_data: Path) -> Source:
    return Source(shared_data / "cordis-ecsel")


@pytest.fixture
def austria(shared_data: Path) -> Cluster:
    cluster: Cluster = ClusterFactory(slug="ecsel-at", country=HOME, regions=[HOME])
    import_cordis_folder(cluster, shared_data / "cordis-ecsel", HOME)
    return cluster


def table(cluster: Cluster, code: str) -> Table:
    block = EVIDENCE[code](cluster, TODAY)
    found = block.table if isinstance(block, Chart) else block
    assert isinstance(found, Table)
    return found


def test_partner_countries_are_ranked_by_participations(source, austria):
    from kontor.ui.vocabulary import country_name

    counted = Counter(source.country[o] for there in source.with_members for o in there if source.foreign(o))
    expected = sorted(
        ((country_name(c, "en"), n) for c, n in counted.items()), key=lambda row: (-row[1], row[0])
    )

    told = [(str(row[0]), row[1]) for row in table(austria, "ties.countries").rows]
    assert sorted(told, key=lambda row: (-row[1], row[0])) == expected
    assert [n for _, n in told] == sorted(counted.values(), reverse=True)


def test_the_ten_most_tied_foreign_organisations(source, austria):
    together = Counter(o for there in source.with_members for o in there if source.foreign(o))
    met: dict[int, set[int]] = defaultdict(set)
    for there in source.with_members:
        for organisation in there - source.members:
            met[organisation] |= there & source.members
    ranked = sorted(together, key=lambda o: (-together[o], -len(met[o]), source.name[o]))[:10]

    told = [(row[0], row[2], row[3]) for row in table(austria, "ties.top_foreign_organisations").rows]
    assert told == [(source.name[o], together[o], len(met[o])) for o in ranked]


def test_share_of_members_with_ties_abroad(source, austria):
    tied = {
        m for there in source.with_members if any(map(source.foreign, there)) for m in there & source.members
    }

    total = table(austria, "ties.degree").rows[-1]
    assert tuple(total[1:4]) == (len(source.members), len(tied), len(tied) / len(source.members))


def test_share_of_projects_with_foreign_partners(source, austria):
    abroad = sum(any(map(source.foreign, there)) for there in source.with_members)

    total = table(austria, "ties.foreign_projects_share").rows[-1]
    assert tuple(total[1:4]) == (len(source.with_members), abroad, abroad / len(source.with_members))
