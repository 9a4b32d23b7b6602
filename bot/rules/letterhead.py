"""The text around a report (domain.md, section 3), from the office's settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """`body` issues the report; `above` is the body over it. Empty fields are left out or filled in by hand."""

    body: str
    above: str = ""
    place: str = ""
    symbol: str = ""
    """The body's part of a document's symbol, such as VPTU."""
    authority: str = ""
    """The authority under which the report is signed: T/M, K/T or T/L with a name."""
    title: str = "Chánh Văn phòng"
    signer: str = ""
