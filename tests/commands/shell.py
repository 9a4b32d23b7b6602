"""The commands as an operator calls them: each a process of its own, with what it prints."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path

from bot.playground.emulator import TOKEN

NOWHERE = "http://127.0.0.1:9"
WRONG_TOKEN = "8000000002:not-the-token-of-this-emulator-000"


@dataclass(frozen=True)
class Ended:
    """A command that has ended; nothing it prints may hold the token."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """What it said on stderr, which is to be one line."""
        assert self.err.count("\n") == 1, self.err
        return self.err.strip()


@dataclass(frozen=True)
class Folder:
    """A folder with a configuration, in which commands are called."""

    path: Path

    def configure(self, address: str, token: str = TOKEN, more: str = "") -> None:
        (self.path / "config.toml").write_text(
            f'[telegram]\ntoken = "{token}"\n'
            f'base_url = "{address}/bot"\nbase_file_url = "{address}/file/bot"\n{more}'
        )

    async def call(self, *command: str, **environment: str) -> Ended:
        return await self.call_with(b"", *command, **environment)

    async def call_with(self, given: bytes, *command: str, **environment: str) -> Ended:
        """Call a command with these bytes on its standard input."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *command,
            cwd=self.path,
            env=os.environ | {"COLUMNS": "200", "PYTHONUTF8": "1"} | environment,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(given), 60)
        ended = Ended(process.returncode or 0, out.decode(), err.decode())
        assert "Traceback" not in ended.err
        assert TOKEN not in ended.out + ended.err
        assert WRONG_TOKEN not in ended.out + ended.err
        return ended
