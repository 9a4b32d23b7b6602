"""Updates a second: ours against a bare echo bot and an echo over our lanes, on the same emulator.

    python -m benchmarks.updates [--echo-only] [--count N]

An update is handled when its answer has arrived: for /viec the list, for Giao việc the draft card
edited into the task's. At once: all wait, and we count how many are handled a second. One by one:
one comes each 50 ms, and we time its answer. Telegram's limits and our own are off. The bare echo
is measured before and after ours; the faster run is the floor that the ratios are of.

In a run of its own, one by one, we count what an act costs in statements of SQL and in hops between
threads (benchmarks/counted.py), what it tells others later included: on a busy machine the figures
that tell whether a change made it dearer.
"""

import argparse
import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.telegram import Run, Telegram, telegram

PAIRS = 100
"""Heads who assign, and as many members of staff who receive."""

HEADS = range(730000001, 730000001 + PAIRS)
STAFF = range(730001001, 730001001 + PAIRS)
NAMES = [
    f"{family} {given}"
    for family in ("Lò Văn", "Hồ Bá", "Vi Thị", "Sùng A", "Giàng Seo", "Lầu Bá", "Thào Mí")
    for given in (
        *("Chư", "Dế", "Páo", "Lử", "Mua", "Nhè", "Pó", "Sình", "Tủa", "Vàng"),
        *("Xìa", "Chớ", "Dua", "Khua", "Lềnh"),
    )
][:PAIRS]
OFFICE = "Văn phòng Thành ủy (demo)"
ADMIN = 700000001
ONE_BY_ONE = 60
PAUSE = 0.05
DEMO = Path(__file__).parent.parent / "bot" / "playground" / "demo_office.csv"


@dataclass
class Line:
    """One row of the table."""

    name: str
    delay: int
    at_once: Run
    one_by_one: Run
    cpu: float
    """Seconds of the processor for one update at once, in the bot's process."""


@dataclass
class Cost:
    """What an act costs, without what the bot does anyway meanwhile."""

    name: str
    statements: float
    hops: float


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *command])
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """Return what a process has used of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def echo(emulator: Telegram, kind: str, delay: int, count: int) -> Line:
    """Measure one of the two echo bots."""
    emulator.forget()
    emulator.delay(0)
    with running(
        "-m", "benchmarks.echo", kind, f"{emulator.address}/bot", emulator.token
    ) as process:
        emulator.first_poll()
        emulator.say([(person, "khởi động") for person in HEADS])
        emulator.delay(delay)
        before = cpu_seconds(process.pid)
        at_once = emulator.say([(HEADS[n % PAIRS], f"lời {n}") for n in range(count)])
        spent = cpu_seconds(process.pid) - before
        one_by_one = emulator.say(
            [(HEADS[n % PAIRS], f"lời {n}") for n in range(ONE_BY_ONE)], PAUSE
        )
        return Line(f"echo, {kind}", delay, at_once, one_by_one, spent / count)


def ours(emulator: Telegram, folder: Path, count: int) -> tuple[list[Line], str]:
    """Measure the bot with the demo office and a hundred pairs more; say how it started."""
    config = prepare(emulator, folder)
    emulator.forget()
    emulator.delay(0)
    began = time.monotonic()
    lines = []
    with running("-m", "bot", "run", "--config", str(config)) as process:
        start = emulator.first_poll() - began
        emulator.say([(person, "/trogiup") for person in (*HEADS, *STAFF)])
        emulator.quiet()  # whoever writes for the first time is told what is kept of them as well
        resident = resident_mb(process.pid)
        for delay in (0, 50):
            lines += tasks(emulator, process.pid, delay, count)
        start_line = (
            f"start to first poll {start:.2f} s; resident {resident:.0f} MB with the demo office, "
            f"{resident_mb(process.pid):.0f} MB after the run"
        )
    return lines, start_line


def tasks(emulator: Telegram, pid: int, delay: int, count: int) -> list[Line]:
    """Let heads assign, then staff ask for their lists."""
    emulator.delay(0)
    total = count + ONE_BY_ONE
    emulator.say([(HEADS[n % PAIRS], sentence(n)) for n in range(total)])
    cards = emulator.cards("Giao việc")
    if len(cards) != total:
        raise SystemExit(
            f"{len(cards)} draft cards instead of {total}; the last answer was:\n"
            f"{emulator.last_said(HEADS[0])}"
        )
    emulator.delay(delay)
    began = cpu_seconds(pid)
    pressed = emulator.press("Giao việc", cards[ONE_BY_ONE:])
    emulator.quiet()  # to tell those who are to do it is part of the work
    spent = cpu_seconds(pid) - began
    one_by_one = emulator.press("Giao việc", cards[:ONE_BY_ONE], PAUSE)
    assigned = Line("Giao việc", delay, pressed, one_by_one, spent / count)
    emulator.quiet()
    began = cpu_seconds(pid)
    asked = emulator.say([(STAFF[n % PAIRS], "/viec") for n in range(count)])
    spent = cpu_seconds(pid) - began
    one_by_one = emulator.say([(STAFF[n % PAIRS], "/viec") for n in range(ONE_BY_ONE)], PAUSE)
    listed = Line("/viec", delay, asked, one_by_one, spent / count)
    return [listed, assigned]


def costs(emulator: Telegram, config: Path) -> list[Cost]:
    """Count statements and hops of each act."""
    file = config.with_name("counted")
    emulator.forget()
    emulator.delay(0)
    with running("-m", "benchmarks.counted", str(file), "run", "--config", str(config)) as bot:
        emulator.first_poll()
        emulator.quiet()
        known = set(emulator.cards("Giao việc"))
        emulator.say([(HEADS[n % PAIRS], sentence(n)) for n in range(ONE_BY_ONE)])
        cards = [card for card in emulator.cards("Giao việc") if card not in known]

        def cost(name: str, act: Callable[[], object]) -> Cost:
            emulator.quiet()
            before, began = counted(bot, file), time.monotonic()
            act()
            emulator.quiet()
            after, took = counted(bot, file), time.monotonic() - began
            time.sleep(took)
            idle = counted(bot, file)
            each = (2 * a - b - i for a, b, i in zip(after, before, idle, strict=True))
            return Cost(name, *(one / ONE_BY_ONE for one in each))

        asked = [(STAFF[n % PAIRS], "/viec") for n in range(ONE_BY_ONE)]
        return [
            cost("/viec", lambda: emulator.say(asked, PAUSE)),
            cost("Giao việc", lambda: emulator.press("Giao việc", cards, PAUSE)),
        ]


def counted(bot: subprocess.Popen[bytes], file: Path) -> tuple[int, int]:
    """Return how many statements and hops the bot has made since its start."""
    file.unlink(missing_ok=True)
    bot.send_signal(signal.SIGUSR1)
    while not file.exists():
        time.sleep(0.01)
    statements, hops = file.read_text().split()
    return int(statements), int(hops)


def sentence(number: int) -> str:
    day = datetime.now(UTC) + timedelta(days=30)
    return (
        f"Giao đồng chí {NAMES[number % PAIRS]} soạn báo cáo tháng, trước 17h ngày {day:%d/%m/%Y}"
    )


def prepare(emulator: Telegram, folder: Path) -> Path:
    """Write the settings, and fill a database with the demo office and the pairs."""
    config = folder / "config.toml"
    config.write_text(
        f"""[telegram]
token = "{emulator.token}"
base_url = "{emulator.address}/bot"
base_file_url = "{emulator.address}/file/bot"
messages_per_second = 0

[storage]
url = "sqlite:///{folder}/dondoc.db"
files = "{folder}/files"

[office]
name = "{OFFICE}"

[access]
admins = [{ADMIN}]
updates_a_minute = 0

[log]
level = "warning"
""",
        encoding="utf-8",
    )
    fill(config)
    return config


def fill(config: Path) -> None:
    """Put the demo office and the pairs into a database."""
    pairs = config.with_name("pairs.csv")
    with pairs.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        columns = ("telegram_id", "username", "name", "position", "unit", "role", "parent_unit")
        writer.writerow(columns)
        for n in range(PAIRS):
            unit = f"Tổ công tác {n}"
            head = (
                HEADS[n],
                f"truong{n}",
                f"Trưởng Tổ {n}",
                "Tổ trưởng",
                unit,
                "head",
                OFFICE,
            )
            staff = (
                STAFF[n],
                f"nhanvien{n}",
                NAMES[n],
                "Chuyên viên",
                unit,
                "staff",
                OFFICE,
            )
            writer.writerows([head, staff])
    for command in (("seed", "--demo"), ("people", "import", str(pairs))):
        subprocess.run([sys.executable, "-m", "bot", *command, "--config", str(config)], check=True)


def everybody() -> list[tuple[int, str]]:
    with DEMO.open(encoding="utf-8", newline="") as file:
        demo = [(int(row["telegram_id"]), row["name"]) for row in csv.DictReader(file)]
    return demo + [(number, f"Người {number}") for number in (*HEADS, *STAFF)]


def show(lines: list[Line]) -> None:
    table = Table(
        "", "Telegram answers in", "updates/s", "x bare echo", "CPU us", "p50 ms", "p99 ms"
    )
    floor: dict[int, float] = {}
    for line in lines:
        if line.name == "echo, bare":
            floor[line.delay] = max(line.at_once.rate, floor.get(line.delay, 0.0))
    for line in lines:
        table.add_row(
            line.name,
            f"{line.delay} ms",
            f"{line.at_once.rate:.0f}",
            f"{line.at_once.rate / floor[line.delay]:.2f}",
            f"{line.cpu * 1e6:.0f}",
            f"{line.one_by_one.percentile(0.5) * 1000:.1f}",
            f"{line.one_by_one.percentile(0.99) * 1000:.1f}",
        )
    Console().print(table)


def show_costs(found: list[Cost]) -> None:
    table = Table("one by one, no other work", "statements of SQL", "hops between threads")
    for one in found:
        table.add_row(one.name, f"{one.statements:.1f}", f"{one.hops:.1f}")
    Console().print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--echo-only", action="store_true")
    parser.add_argument("--count", type=int, default=1000)
    arguments = parser.parse_args()
    lines, start, found = [], "", list[Cost]()
    with telegram(everybody()) as emulator, tempfile.TemporaryDirectory() as folder:
        for delay in (0, 50):
            for kind in ("bare", "lanes"):
                count = (
                    min(arguments.count, 200) if (kind, delay) == ("bare", 50) else arguments.count
                )
                lines.append(echo(emulator, kind, delay, count))
        if not arguments.echo_only:
            measured, start = ours(emulator, Path(folder), arguments.count)
            lines += measured
            found = costs(emulator, Path(folder) / "config.toml")
            lines.append(echo(emulator, "bare", 0, arguments.count))
    show(lines)
    if found:
        show_costs(found)
    print(start)


if __name__ == "__main__":
    main()
