"""Cell → value: each parser answers any cell with the value, with the empty value, or with a FieldFault."""

from kontor.imports.parsers.choices import choice, yes_no
from kontor.imports.parsers.contacts import email, host_of, website
from kontor.imports.parsers.dates import day, last_day, year
from kontor.imports.parsers.numbers import decimal, decimal_between, whole_number, whole_number_between
from kontor.imports.parsers.places import (
    Address,
    address,
    country,
    full_post_code,
    latitude,
    location,
    longitude,
    nuts,
    post_code,
)
from kontor.imports.parsers.texts import listed, long_text, required_text, text, text_up_to

__all__ = [
    "Address",
    "address",
    "choice",
    "country",
    "day",
    "decimal",
    "decimal_between",
    "email",
    "full_post_code",
    "host_of",
    "last_day",
    "latitude",
    "listed",
    "location",
    "long_text",
    "longitude",
    "nuts",
    "post_code",
    "required_text",
    "text",
    "text_up_to",
    "website",
    "whole_number",
    "whole_number_between",
    "year",
    "yes_no",
]
