"""The demo office, read from its list."""

import csv
from pathlib import Path

from bot.playground.people import Person

DEMO_OFFICE = Path(__file__).with_name("demo_office.csv")


def read_office(path: Path = DEMO_OFFICE) -> list[Person]:
    """The people of a list with the columns of `dondoc people import`, in its order."""
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Person(
                id=int(row["telegram_id"]),
                name=row["name"],
                username=row["username"],
                position=row["position"],
                unit=row["unit"],
                parent=row["parent_unit"],
                role=row["role"],
            )
            for row in csv.DictReader(rows)
        ]
