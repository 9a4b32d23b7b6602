"""Evidence in the words of a report, and symbols in their official spelling."""

from datetime import date

import pytest

from bot.language.citations.symbols import key, proper
from bot.language.orders.evidence import EvidenceReading, read_evidence
from tests.rules.task import WORKDAYS, office

NOW = office(12)
TTR = ("12-TTr/VPTU", date(2026, 12, 10))


@pytest.mark.parametrize(
    ("text", "symbol", "issued_on", "receiver"),
    [
        ("Tờ trình 12-TTr/VPTU ngày 10/12/2026, gửi Thường trực", *TTR, "Thường trực"),
        ("đã trình Thường trực Tờ trình số 12-TTr/VPTU ngày 10/12", *TTR, "Thường trực"),
        ("đã trình Tờ trình 12-TTr/VPTU\nngày 10/12\ngửi Thường trực", *TTR, "Thường trực"),
        ("Ngày 10/12 đã gửi Ban Tổ chức tờ trình số 12-ttr/vptu", *TTR, "Ban Tổ chức"),
        ("da trinh to trinh 12-ttr/vptu ngay 10/12 gui thuong truc", *TTR, "thuong truc"),
        ("Nơi nhận: Thường trực Thành ủy. 12-TTr/VPTU ngày 10/12", *TTR, "Thường trực Thành ủy"),
        ("đã trình Tờ trình 12-TTr/VPTU ngày 10/12", *TTR, None),
        ("88-BC/VPTU", "88-BC/VPTU", None, None),
        ("cv 5-cv/vpdu ngày 30/12", "05-CV/VPĐU", date(2025, 12, 30), None),
        ("đã làm theo Thông báo 12-TB/TU ngày 20/11, gửi chị Mơ rồi ạ", None, None, "chị Mơ"),
        ("đã gửi kèm tệp ngày 10/12", None, None, None),
        ("Đã trình", None, None, None),
        ("", None, None, None),
    ],
)
def test_evidence_in_words(
    text: str, symbol: str | None, issued_on: date | None, receiver: str | None
) -> None:
    assert read_evidence(text, NOW, WORKDAYS) == EvidenceReading(symbol, issued_on, receiver)


@pytest.mark.parametrize(
    ("written", "official"),
    [
        ("12-TB/TU", "12-TB/TU"),
        ("5-tb/tu", "05-TB/TU"),
        ("88-KH/DU", "88-KH/ĐU"),
        ("2618-cv/vpdu", "2618-CV/VPĐU"),
        ("14-lct/du", "14-LCT/ĐU"),
        ("7-ttr/ubktdu", "07-TTr/UBKTĐU"),
        ("3–CTHD/TU", "03-CTHĐ/TU"),
        ("12/QD-UBND", "12/QĐ-UBND"),
        ("42/2014/qd-ttg", "42/2014/QĐ-TTg"),
        ("345/UBND-TH", "345/UBND-TH"),
        ("1-XyZ/abc", "01-XyZ/ABC"),
    ],
)
def test_the_official_spelling(written: str, official: str) -> None:
    assert proper(written) == official
    assert proper(official) == official
    assert key(written) == key(official)


def test_other_symbols_have_other_keys() -> None:
    symbols = ["12-TB/TU", "12-TB/ĐU", "13-TB/TU", "12-KL/TU", "12/QĐ-UBND", "120-TB/TU"]
    assert len({key(one) for one in symbols}) == len(symbols)
