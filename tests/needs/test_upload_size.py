"""A file is weighed before it is read."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from kontor.imports.limits import DEFAULT_LIMITS
from kontor.imports.refused import ImportRefused
from kontor.imports.sniff import require_size


def test_a_file_at_the_bound_is_taken():
    assert require_size(DEFAULT_LIMITS.file_bytes) is None


def test_a_file_beyond_the_bound_is_refused():
    with pytest.raises(ImportRefused, match=r"^import\.too_large$"):
        require_size(DEFAULT_LIMITS.file_bytes + 1)


def test_a_list_of_needs_that_is_too_large_is_never_read(manager_client, cluster, monkeypatch):
    def read(*_: object) -> bytes:
        pytest.fail("The file was read into memory.")

    monkeypatch.setattr(TemporaryUploadedFile, "read", read, raising=False)
    file = SimpleUploadedFile("needs.csv", b"0" * (DEFAULT_LIMITS.file_bytes + 1))

    response = manager_client.post(reverse("needs:import", args=[cluster.slug]), {"file": file})

    assert (response.status_code, "20 MB" in response.content.decode()) == (422, True)
