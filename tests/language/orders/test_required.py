"""Who decides and what has to be handed in are taken out of the title; what only mentions them is not."""

from datetime import datetime

import pytest

from bot.language.orders.assignment import read
from bot.language.readings import Proof
from tests.language.office import WORKDAYS, demo_office

OFFICE = demo_office()
MONDAY = datetime(2026, 12, 7, 9, tzinfo=WORKDAYS.timezone)
LINH = next(one.key for one in OFFICE.people if one.name == "Trịnh Quang Lĩnh")


@pytest.mark.parametrize(
    ("text", "title", "decider", "proof"),
    [
        ("soạn tờ trình, cấp quyết: đồng chí Trịnh Quang Lĩnh, hạn thứ Sáu", "soạn tờ trình", LINH, None),
        ("soạn tờ trình, cấp quyết định anh Lĩnh, nộp kèm tệp, trước 20/12", "soạn tờ trình", LINH, Proof.FILE),
        ("soạn tờ trình, cấp quyết: Chánh Văn phòng; nộp kèm số, ký hiệu", "soạn tờ trình", LINH, Proof.SYMBOL),
        ("soan to trinh, cap quyet dong chi linh, nop kem tep", "soan to trinh", LINH, Proof.FILE),
        ("lập danh sách, yêu cầu nộp kèm file, thứ Sáu", "lập danh sách", None, Proof.FILE),
        ("làm rõ cấp quyết của tờ trình", "làm rõ cấp quyết của tờ trình", None, None),
        ("soạn tờ trình, cấp quyết là Thường trực", "soạn tờ trình, cấp quyết là Thường trực", None, None),
        ("rà soát hồ sơ nộp kèm tệp của các phường", "rà soát hồ sơ nộp kèm tệp của các phường", None, None),
    ],
)  # fmt: skip
def test_what_a_task_requires(
    text: str, title: str, decider: int | None, proof: Proof | None
) -> None:
    found = read(f"Giao Trầm {text}", OFFICE, MONDAY, WORKDAYS)
    assert (found.title, found.decider, found.proof) == (title, decider, proof)
    assert [one.name for one in found.people] == ["Ông Thị Ngọc Trầm"]
