"""An office that is backed up, what is done in it, and what a fire leaves."""

import asyncio
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.config import Config
from bot.config.sections import Backup, Storage, Telegram
from storage.backups import encryption
from storage.backups.encryption import Identity
from storage.engine.database import Database, Transaction
from storage.engine.opening import open_database
from storage.files import files
from storage.history import audit, hashes
from storage.tasks.texts import keep_text

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
KEY = Path(__file__).parents[1] / "storage" / "backup.key"
PASSPHRASE = "bốn từ chỉ để thử"
"""Of a key that was made for these tests alone, and so that a guess costs next to nothing."""


def settings(url: str, folder: Path) -> Config:
    return Config(
        telegram=Telegram(token=f"1:{'x' * 30}"),
        storage=Storage(url=url, files=folder / "files"),
        backup=Backup(folder=folder / "out", key=KEY, daily=2, weekly=1, monthly=1),
    )


async def office(config: Config) -> None:
    """An office with somebody in it, a task, and a file."""
    db = await open_database(config.storage.url)
    async with db.transaction() as tx:
        await tx.execute(
            "INSERT INTO people (name, folded, created_at) VALUES ('An', 'an', $1)", NOW
        )
        await tx.execute(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('Báo cáo', 'normal', 'assigned', 1, 1, $1)",
            NOW,
        )
        await _hand_in(tx, config.storage.files, b"minh chung")
    await db.close()


async def _hand_in(tx: Transaction, folder: Path, data: bytes) -> None:
    sha256 = hashes.hash_of(data)
    path = hashes.path_in(folder, sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    kept = await files.add(
        tx, task_id=1, person_id=1, sha256=sha256, name="a.pdf", size=len(data), mime="x",
        telegram_file_id=None, album=None, at=NOW,
    )  # fmt: skip
    facts = hashes.file_facts(kept.model_dump())
    await audit.append(tx, NOW, hashes.FILE_KEPT, actor_id=1, task_id=1, facts=facts)


async def work(db: Database, folder: Path, seconds: float) -> int:
    """Make about a hundred changes a second, some with a file; return how many."""
    made, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        async with db.transaction() as tx:
            text = await keep_text(tx, f"Đã làm xong {made}%\tphần\\n thứ\nnhất", NOW)
            facts = {"percent": made}
            await audit.append(tx, NOW, "task.progress", task_id=1, text_id=text, facts=facts)
            if made % 10 == 0:
                await _hand_in(tx, folder, b"%d" % made)
        made += 1
        await asyncio.sleep(0.005)
    return made


async def destroy(config: Config) -> None:
    """A fire: neither database nor files are left."""
    shutil.rmtree(config.storage.files)
    if config.storage.url.startswith("sqlite"):
        path = Path(config.storage.url.removeprefix("sqlite:///"))
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        return
    db = await open_database(config.storage.url)
    async with db.transaction() as tx:
        await tx.execute("DROP SCHEMA public CASCADE")
        await tx.execute("CREATE SCHEMA public")
    await db.close()


def identity(path: Path) -> Identity:
    return encryption.unlock(path, lambda: PASSPHRASE)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
