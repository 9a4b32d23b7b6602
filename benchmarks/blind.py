"""Sentences by someone who had seen neither the reader nor its corpus, scored as they come.

    python -m benchmarks.blind [--set NAME] [--wrong]

Each set's hash was committed before its first scoring (tests/language/*.sha256); the first figures
stand in docs/reading.md, since the reader has learnt from each set after it. A sentence is "sure" (one right deadline), "ask" (a careful colleague would ask) or "none" (no deadline at all).
"""

import argparse
import hashlib
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.language.orders.assignment import read
from bot.language.readings import Reading
from bot.rules.workdays import Workdays
from tests.language.office import demo_office

FOLDER = Path(__file__).parent.parent / "tests" / "language"
ROSTER = demo_office()
WORKDAYS = Workdays()
RIGHT = {"sure": "right minute", "ask": "asked", "none": "none"}


def main() -> None:
    """Print how many of each label were read rightly; with --wrong, each that was not."""
    parser = argparse.ArgumentParser(description=__doc__)
    sets = sorted(file.stem for file in FOLDER.glob("blind*.jsonl"))
    parser.add_argument("--set", default=sets[-1], choices=sets)
    parser.add_argument("--wrong", action="store_true")
    arguments = parser.parse_args()
    content = (FOLDER / f"{arguments.set}.jsonl").read_bytes()
    hashed = (FOLDER / f"{arguments.set}.sha256").read_text().split()[0]
    if hashlib.sha256(content).hexdigest() != hashed:
        raise SystemExit("the sentences are not those whose hash was committed")
    counts: Counter[tuple[str, str]] = Counter()
    for line in content.decode().splitlines():
        row = json.loads(line)
        outcome, said = _score(row)
        counts[row["label"], outcome] += 1
        if arguments.wrong and outcome != RIGHT[row["label"]]:
            print(f"{row['label']:5}{outcome:12}{row['text']}\n      {row['deadline']} / {said}")
    _show(counts)


def _score(row: dict[str, Any]) -> tuple[str, str]:
    key = next((p.key for p in ROSTER.people if p.name == row.get("speaker")), None)
    reference = datetime.fromisoformat(row["reference"])
    reading = read(row["text"], ROSTER, reference, WORKDAYS, speaker=key)
    asked = any(doubt.field == "deadline" for doubt in reading.unsure)
    return _outcome(row, reading, asked), f"{reading.deadline} asked={asked}"


def _outcome(row: dict[str, Any], reading: Reading, asked: bool) -> str:
    if asked:
        return "asked"
    if reading.deadline is None:
        return "none"
    if row["deadline"] is None:
        return "false"
    right = datetime.fromisoformat(row["deadline"])
    due = WORKDAYS.local(reading.deadline.due_at)
    if due == right:
        return "right minute"
    return "right day" if due.date() == WORKDAYS.local(right).date() else "wrong day"


def _show(counts: Counter[tuple[str, str]]) -> None:
    outcomes = ("right minute", "right day", "wrong day", "asked", "none", "false")
    table = Table("label", *outcomes)
    for label in ("sure", "ask", "none"):
        table.add_row(label, *(str(counts[label, outcome]) for outcome in outcomes))
    Console().print(table)


if __name__ == "__main__":
    main()
