"""The interface of both engines. The same SQL runs on both: `$1` parameters, RETURNING, ON CONFLICT."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

Value = str | int | float | bool | bytes | datetime | None
Row = Mapping[str, Any]
Result = TypeVar("Result")
Engine = Literal["sqlite", "postgres"]


class Table(NamedTuple):
    """A table and its columns to write, in the order of a row's values."""

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
    """Reads and writes that take effect together, on a connection of their own."""

    caused_by: int | None
    """The number of the Telegram update whose effect is written; None for anything else."""

    async def execute(self, sql: str, *values: Value) -> int:
        """Run a statement and return how many rows it changed."""

    async def alter(self, sql: str) -> None:
        """Run a statement that changes tables; it may take as long as it needs."""

    async def require(self, otherwise: Exception, sql: str, *values: Value) -> None:
        """Run a statement that must change a row. It runs before the next statement at the latest.

        If it changes no row, this call or the next statement raises `otherwise`.
        """

    async def execute_many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run a statement once for each row of values, before the next statement at the latest."""

    async def copy(self, table: Table, rows: Sequence[Sequence[Value]]) -> None:
        """Add many rows in the fastest way the engine has, before the next statement at the latest."""


class Database(Reader, Protocol):
    """An open database; its reads do not wait for a transaction to end."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Begin; commit at the end of the block, roll back on any exception, also on cancellation."""

    async def run(self, work: Callable[[Transaction], Coroutine[Any, Any, Result]]) -> Result:
        """Do work in a transaction, as `transaction` does. The work may await nothing but the transaction.

        On SQLite the whole work takes one hop between threads, and cancelling the caller does not stop it.
        """

    async def close(self) -> None:
        """Close every connection; one left open would hang the program's exit."""
