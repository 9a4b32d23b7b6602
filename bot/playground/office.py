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
                int(row["telegram_id"]),
                row["name"],
                row["username"],
                row["position"],
                row["unit"],
                row["role"],
            )
            for row in csv.DictReader(rows)
        ]
