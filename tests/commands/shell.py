"""The commands as an operator calls them: each a process of its own, with what it prints."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.playground.emulator import TOKEN
from tests.stories.nursery import Place, dondoc_at, ended

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
        with TemporaryDirectory() as name:
            out, err, given_in = (Path(name) / one for one in ("out", "err", "given"))
            place = Place(out, err, given_in, self.path)
            place.given.write_bytes(given)
            code = await ended(dondoc_at(place, *command, COLUMNS="200", **environment), 60)
            end = Ended(code, place.out.read_text(), place.err.read_text())
        assert "Traceback" not in end.err
        assert TOKEN not in end.out + end.err
        assert WRONG_TOKEN not in end.out + end.err
        return end
