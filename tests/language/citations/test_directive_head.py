"""One sentence about an assigning document: every part of it, and what is about something else."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from bot.language.citations.directive_head import read_head
from tests.rules.task import WORKDAYS, office

NOW = office(7, 9)
TB = {"symbol": "12-TB/VPTU", "issued_on": date(2026, 11, 20)}
RECEIVED = {"received_on": date(2026, 11, 21)}
KIND = {"kind": "Thông báo kết luận"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 21/11, 8 việc",
         TB | KIND | RECEIVED | {"planned": 8}),
        ("thong bao ket luan 12-tb/vptu ngay 20/11/2026 nhan 21/11 gom 8 viec",
         TB | KIND | RECEIVED | {"planned": 8}),
        ("nhập văn bản Thông báo kết luận số 12-TB/VPTU ngày 20/11/2026 của Văn phòng Thành ủy về giao "
         "ban tháng 11, nhận ngày 21/11, dự kiến 8 nhiệm vụ",
         TB | KIND | RECEIVED | {"planned": 8, "issuer": "Văn phòng Thành ủy", "title": "giao ban tháng 11"}),
        ("Công văn 5-CV/BTCTU của Ban Tổ chức ngày 3/4/2026 v/v rà soát dữ liệu, nhận hôm qua; 12 việc",
         {"symbol": "05-CV/BTCTU", "kind": "Công văn", "issuer": "Ban Tổ chức", "planned": 12,
          "title": "rà soát dữ liệu", "issued_on": date(2026, 4, 3), "received_on": date(2026, 12, 6)}),
        ("12-TB/VPTU nhận 21/11, tám việc", {"symbol": "12-TB/VPTU", "planned": 8} | RECEIVED),
        ("KH 88-KH/TU ngày 1/12", {"symbol": "88-KH/TU", "kind": "Kế hoạch", "issued_on": date(2026, 12, 1)}),
        ("12-TB/VPTU", {"symbol": "12-TB/VPTU"}),
        ("nhận 21/11, 9 việc", RECEIVED | {"planned": 9}),
        ("dự kiến 9", {"planned": 9}),
        ("của Ban Thường vụ; về kết quả của đợt thi đua",
         {"issuer": "Ban Thường vụ", "title": "kết quả của đợt thi đua"}),
        ("", {}),
    ],
)  # fmt: skip
def test_what_is_said_of_a_document(text: str, said: dict[str, Any]) -> None:
    read = asdict(read_head(text, NOW, WORKDAYS))
    assert {name: value for name, value in read.items() if value} == said


@pytest.mark.parametrize(
    "text",
    [
        "Soạn báo cáo trả lời 12-TB/VPTU trước 5/12",
        "Theo Thông báo 12-TB/VPTU, giao đồng chí Ân rà soát 8 hồ sơ",
        "đồng chí Ân đã nhận 21/11, xong 8 việc",
        "12-TB/VPTU đến đâu rồi?",
        "kết luận giao ban",
    ],
)
def test_a_sentence_about_something_else_has_words_left(text: str) -> None:
    assert read_head(text, NOW, WORKDAYS).rest
