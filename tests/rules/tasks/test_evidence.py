"""What a result lacks of the evidence that its task requires."""

from datetime import date

import pytest

from bot.rules.tasks.evidence import Lack, missing
from storage.records import Evidence

ON = date(2026, 12, 10)


@pytest.mark.parametrize(
    ("required", "has_file", "symbol", "issued_on", "receiver", "lacks"),
    [
        (Evidence.ANY, False, None, None, None, ()),
        (Evidence.FILE, False, "12-TTr/VPTU", ON, "Thường trực", (Lack.FILE,)),
        (Evidence.FILE, True, None, None, None, ()),
        (Evidence.SYMBOL, True, None, None, None, (Lack.SYMBOL, Lack.DATE, Lack.RECEIVER)),
        (Evidence.SYMBOL, False, "12-TTr/VPTU", None, "Thường trực", (Lack.DATE,)),
        (Evidence.SYMBOL, False, "12-TTr/VPTU", ON, None, (Lack.RECEIVER,)),
        (Evidence.SYMBOL, False, "12-TTr/VPTU", ON, "Thường trực", ()),
    ],
)
def test_what_is_missing(
    required: Evidence,
    has_file: bool,
    symbol: str | None,
    issued_on: date | None,
    receiver: str | None,
    lacks: tuple[Lack, ...],
) -> None:
    said = missing(
        required, has_file=has_file, symbol=symbol, issued_on=issued_on, receiver=receiver
    )
    assert said == lacks
