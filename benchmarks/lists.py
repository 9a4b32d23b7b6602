"""A list of 5,000 tasks taken in, and a whole office written out: processor time and memory of the commands.

The office is made up: 200 units, 5,000 people, as many tasks as wanted; each task comes with ten events.
Run: `python -m benchmarks.lists --tasks 1000000`.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

ROWS, PEOPLE, UNITS = 5000, 5000, 200
HEADINGS = ("STT", "Nội dung công việc", "Chủ trì", "Thời hạn", "Văn bản giao", "Tiến độ")
CONFIG = """\
[telegram]
token = "123456789:made-up-made-up-made-up-made-up-mad"
[storage]
url = "sqlite:///{folder}/dondoc.db"
files = "{folder}/files"
"""


def spent(folder: Path, *command: str) -> tuple[float, int]:
    """Run a command; return the seconds of processor it took and the most memory it had, in MB."""
    called = [sys.executable, "-m", "bot", *command, "--config", str(folder / "config.toml")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(called, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit((folder / "log").read_text("utf-8")[-2000:])
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def write_list(folder: Path) -> str:
    """Write a list of tasks for people of the office; return the name of who assigns them."""
    spent(folder, "export", str(folder / "before"))
    with (folder / "before" / "can-bo.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row[1] for row in csv.reader(file)][1:]
    with (folder / "list.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADINGS)
        for n in range(1, ROWS + 1):
            due, symbol = f"{n % 28 + 1:02}/12/2099", f"{n % 250 + 1}-CV/TU" if n % 2 else ""
            lead = names[n % len(names)]
            rows.writerow((n, f"Rà soát hồ sơ số {n}", lead, due, symbol, f"{n % 90}%"))
    return names[0]


def main(
    tasks: Annotated[int, typer.Option(help="Tasks of the office.")] = 20_000,
) -> None:
    """Measure both, and print a table."""
    table = Table("what", "CPU, s", "memory, MB")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "config.toml").write_text(CONFIG.format(folder=folder.as_posix()), "utf-8")
        spent(folder, *("seed", "--tasks", "1000", "--people", str(PEOPLE), "--units", str(UNITS)))
        by = write_list(folder)
        cpu, memory = spent(folder, "import", str(folder / "list.csv"), "--yes", "--by", by)
        table.add_row(f"import of {ROWS:,} rows", f"{cpu:.1f}", str(memory))
        for file in folder.glob("dondoc.db*"):
            file.unlink()
        sized = ("--tasks", str(tasks), "--people", str(PEOPLE), "--units", str(UNITS))
        spent(folder, "seed", *sized)
        cpu, memory = spent(folder, "export", str(folder / "all"))
        table.add_row(f"export of {tasks:,} tasks", f"{cpu:.1f}", str(memory))
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
