"""What both engines can do. SQL is one text for both: `$1` parameters, RETURNING, ON CONFLICT."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

Value = str | int | float | bool | bytes | datetime | None
Row = Mapping[str, Any]
Result = TypeVar("Result")
Engine = Literal["sqlite", "postgres"]


class Table(NamedTuple):
    """A table and those of its columns that are written, in the order of a row's values."""

    name: str
    columns: tuple[str, ...]

    @property
    def insert(self) -> str:
        slots = ", ".join(f"${n}" for n in range(1, len(self.columns) + 1))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({slots})"  # noqa: S608 - columns


class Reader(Protocol):
    """Reads one consistent row set per call."""

    @property
    def engine(self) -> Engine: ...

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        """Return all rows of a statement, in its order."""

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        """Return the first row, or None."""


class Transaction(Reader, Protocol):
    """Reads and writes that take effect together; it has its connection to itself."""

    caused_by: int | None
    """The number of Telegram's update whose effect is written; None for anything else."""

    async def execute(self, sql: str, *values: Value) -> int:
        """Run a statement and return how many rows it changed."""

    async def alter(self, sql: str) -> None:
        """Change tables by a statement, which may take as long as it needs."""

    async def require(self, otherwise: Exception, sql: str, *values: Value) -> None:
        """Run a statement that must change a row, at the latest before the next statement.

        When it changes none, it or the statement after it raises `otherwise`.
        """

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run a statement once for each row of values, at the latest before the next statement."""

    async def copy(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """Add many rows by the shortest way the engine has, at the latest before the next statement."""


class Database(Reader, Protocol):
    """An open store; reads made on it do not wait for a transaction to end."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Begin; commit at the end of the block, roll back on any exception, cancellation too."""

    async def run(self, work: Callable[[Transaction], Coroutine[Any, Any, Result]]) -> Result:
        """Do work in a transaction: as `transaction`, for work that awaits nothing but it.

        On SQLite it is one hop between threads in all, and cancelling the caller does not stop it.
        """

    async def close(self) -> None:
        """Close every connection: one left open hangs the program's exit."""
