"""Writes of this room."""

from kontor.countries.services.folder import load_figures, load_folder
from kontor.countries.services.indicators import describe_indicator
from kontor.countries.services.loading import load_upload, start_loading
from kontor.countries.services.sheets import (
    confirm_entry,
    create_sheet,
    delete_entry,
    delete_sheet,
    restore,
    update_entry,
    update_sheet,
    write_entry,
)
from kontor.countries.services.taking_back import newer_than, take_back, take_back_all
from kontor.countries.services.uploading import choose, discard, receive

__all__ = [
    "choose",
    "confirm_entry",
    "create_sheet",
    "delete_entry",
    "delete_sheet",
    "describe_indicator",
    "discard",
    "load_figures",
    "load_folder",
    "load_upload",
    "newer_than",
    "receive",
    "restore",
    "start_loading",
    "take_back",
    "take_back_all",
    "update_entry",
    "update_sheet",
    "write_entry",
]
