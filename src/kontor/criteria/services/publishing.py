"""Freeze the catalogue as it stands into the version that studies use."""

from __future__ import annotations

from django.db import transaction

from kontor.accounts.models import User
from kontor.criteria.frozen import fingerprint
from kontor.criteria.models import Catalogue, CatalogueVersion
from kontor.criteria.problems import CriteriaError
from kontor.criteria.queries import content_now


@transaction.atomic
def publish_version(
    *, catalogue: Catalogue, note: str = "", user: User | None = None, expected_digest: str = ""
) -> CatalogueVersion:
    """Return the new version, with the criteria in use.

    expected_digest: fingerprint of what the person has looked at; "" takes what is there. Raises
    CriteriaError "catalogue.nothing_active", "catalogue.nothing_new" or "catalogue.changed_meanwhile".
    """
    locked = Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    content = content_now(locked)
    digest = fingerprint(content)
    if not content:
        raise CriteriaError("catalogue.nothing_active")
    last = locked.versions.defer("content").order_by("-number").first()
    if last is not None and last.digest == digest:
        raise CriteriaError("catalogue.nothing_new", number=last.number)
    if expected_digest and expected_digest != digest:
        raise CriteriaError("catalogue.changed_meanwhile")
    return CatalogueVersion.objects.create(
        cluster_id=locked.cluster_id,
        catalogue=locked,
        number=last.number + 1 if last else 1,
        note=note.strip()[:2000],
        published_by=user,
        content=content,
        codes=[each["code"] for each in content],
        digest=digest,
    )
