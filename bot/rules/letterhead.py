"""What stands around a report's text (domain.md, section 3): settings of the office."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """`body` issues the report, `above` is the body over it; what is empty is left out or to be filled in."""

    body: str
    above: str = ""
    place: str = ""
    symbol: str = ""
    """The body in the symbol of a document, such as VPTU."""
    authority: str = ""
    """By whose right it is signed: T/M, K/T or T/L with a name."""
    title: str = "Chánh Văn phòng"
    signer: str = ""
