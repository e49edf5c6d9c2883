"""The floors of the house hold for tables as well as for imports."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from kontor.accounts.models.cluster import RESERVED_SLUGS

ROOT = Path(__file__).resolve().parents[2]


def floors() -> dict[str, int]:
    """Return each room's height, 0 at the bottom, as import-linter is told."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(): height for height, floor in enumerate(reversed(layers)) for room in floor.split("|")
    }


def room_of(model: type) -> str:
    """Return the package of the house that a model lives in, "" for a library's model."""
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "kontor" else ""


def test_no_foreign_key_points_upwards():
    height = floors()
    upwards = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if not field.remote_field or not room_of(model):
                continue
            target = room_of(field.remote_field.model)
            if target and height[target] > height[room_of(model)]:
                upwards.append(f"{model._meta.label}.{field.name} → {field.remote_field.model._meta.label}")

    assert upwards == []


def test_every_room_stands_on_a_floor():
    rooms = {path.name for path in (ROOT / "src" / "kontor").iterdir() if (path / "__init__.py").exists()}

    assert rooms == set(floors())


def test_first_parts_of_addresses_are_no_names_for_clusters():
    patterns = []
    for entry in get_resolver().url_patterns:
        if str(entry.pattern):
            patterns.append(str(entry.pattern))
        elif isinstance(entry, URLResolver):
            patterns += [str(inner.pattern) for inner in entry.url_patterns if isinstance(inner, URLPattern)]
    first_parts = {pattern.split("/")[0] for pattern in patterns} - {""}

    assert {part for part in first_parts if not part.startswith("<")} - RESERVED_SLUGS == set()


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_module_stays_readable(path):
    if "migrations" in path.parts:
        return

    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize(
    "path", sorted((ROOT / "src").rglob("*.html")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_template_has_no_inline_script_or_style(path):
    text = path.read_text()
    is_for_print = "reports/templates" in str(path)

    assert is_for_print or (" style=" not in text and "<style" not in text and " onclick=" not in text)
