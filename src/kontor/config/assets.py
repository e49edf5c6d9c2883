"""Browser assets: collected once, named by their content, compressed, kept by browsers for good."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class AssetStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names assets by their content; before anything has been collected, by their plain name."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the name under which a page asks for the asset."""
        try:
            return str(super().stored_name(name))
        except ValueError:
            return name


def collect_assets() -> bool:
    """Collect the assets where one is newer than the last collection; return whether that was needed."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and manifest.stat().st_mtime >= _newest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    return True


def _newest() -> float:
    return max(
        Path(storage.path(name)).stat().st_mtime
        for finder in get_finders()
        for name, storage in finder.list(None)
    )
