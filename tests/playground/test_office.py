"""The demo office is whole: what the importer of people needs of its list."""

import csv
from collections import Counter

from bot.playground.office import DEMO_OFFICE, read_office

COLUMNS = [
    "telegram_id",
    "username",
    "name",
    "position",
    "unit",
    "role",
    "parent_unit",
    "in_charge",
    "aliases",
]


def test_every_row_can_be_imported() -> None:
    with DEMO_OFFICE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        assert rows.fieldnames == COLUMNS
        listed = list(rows)
    units = {(row["unit"], row["parent_unit"]) for row in listed}
    names = {unit for unit, _ in units} | {"Thành ủy (demo)"}  # above the others, with no people
    assert {parent for _, parent in units if parent} <= names
    assert {row["role"] for row in listed} == {"admin", "leader", "head", "staff"}
    for row in listed:
        assert {unit for unit in row["in_charge"].split("; ") if unit} <= names


def test_ids_and_names_are_unique() -> None:
    people = read_office()
    assert len({person.id for person in people}) == len(people) == 37
    assert min(person.id for person in people) == 700000001
    assert max(Counter(person.name for person in people).values()) == 1
