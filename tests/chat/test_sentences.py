"""Every "no" has a sentence of its own: short, courteous, and true to its facts."""

from datetime import date, datetime, time
from html import unescape

import pytest

from bot.chat.sentences import sentence
from bot.refusals import No, Refusal
from bot.rules.file_limits import KINDS
from bot.rules.tasks.evidence import Lack
from storage.records import Evidence, Status

FACTS: dict[No, list[dict[str, object]]] = {
    No.WRONG_STATE: [{"number": 7, "status": status} for status in Status],
    No.NOT_FOUND: [{"number": 10**17}, {}],
    No.NOT_ALLOWED: [{"number": 7}, {"lead_id": 3}, {}, {"name": "Ân"}],
    No.TOO_LONG: [{"limit": 500, "length": 4096}],
    No.FILE_TOO_LARGE: [{"limit": 20}],
    No.BAD_FILE: [{"line": 0}, {"line": 7}],
    No.FILE_KIND: [{"kinds": KINDS}, {"kinds": ("image/*",)}],
    No.FILE_LOST: [{"name": "bao-cao.pdf"}, {"name": "<b>" * 99}],
    No.NO_EVIDENCE: [
        {"evidence": Evidence.FILE},
        {"evidence": Evidence.SYMBOL, "missing": tuple(Lack)[1:]},
        {"evidence": Evidence.SYMBOL, "missing": ["date"]},
    ],
    No.REQUEST_OPEN: [{"number": 7}],
    No.PAST_PARENT: [{"number": 7, "day": datetime(2026, 12, 11, 17)}],
    No.PART_LATER: [{"number": 7, "day": datetime(2026, 12, 11, 17)}],
    No.TOO_MANY_PARTS: [{"limit": 20}],
    No.PARTS_OWED: [
        {"number": 7, "names": ["Ông Thị Ngọc Trầm", "Phòng Quản trị"]},
        {"number": 7, "names": ["Ông Thị Ngọc Trầm", "Phòng Quản trị", "Phòng Tài chính"]},
    ],
    No.TOO_MANY_TASKS: [{"limit": 20}],
    No.TOO_MANY_STEPS: [{"limit": 20, "number": 7}],
    No.ALREADY_DONE: [{}, {"name": "Ân"}],
    No.PERSON_LEFT: [{}, {"name": "Ân"}],
    No.AWAY_ALREADY: [{"first": datetime(2026, 12, 9), "last": datetime(2026, 12, 12)}],
    No.DATES_CROSSED: [{"issued_on": date(2026, 11, 20), "received_on": date(2026, 11, 19)}],
    No.DOCUMENT_KNOWN: [{"symbol": "12-TB/VPTU"}, {"symbol": "<b>" * 99}],
    No.TOO_MANY_ITEMS: [{"limit": 20, "count": 21}],
    No.WHICH_ITEM: [{"count": 3}],
    No.BAD_COLUMN: [{"name": "tên"}, {"name": "<b>" * 99}],
    No.NO_HOUR: [{"first": time(7, 15), "last": time(17, 30)}],
    No.OTHER_PACKAGE: [{"name": "nam-2026"}],
    No.ARCHIVED: [{"number": 10**7}],
    No.NOTHING_TO_ARCHIVE: [{"waiting": 0}, {"waiting": 12}],
    No.UNIT_LIVES: [{"name": "Phòng Quản trị"}, {"name": "<b>" * 99}],
    No.INCOMPLETE: [{"missing": "lead"}],
    No.MAY_BE_MARKED: [{"lines": [7]}, {"lines": list(range(1000, 1100))}],
    No.UNIT_TAKEN: [{"name": "<b>" * 99, "unit": "Phòng Quản trị"}],
    No.UNIT_LOOP: [{"name": "<b>" * 99}],
    No.NO_UNIT_READ: [{"names": []}, {"names": ["Văn phòng"] * 9}],
    No.NAMED_IN_SETTINGS: [{"telegram_id": 2**52}],
}
"""The facts that the actions give; {} where they give none."""


@pytest.mark.parametrize("kind", No)
def test_every_refusal_in_words(kind: No) -> None:
    for facts in FACTS.get(kind, [{}]):
        said = sentence(Refusal(kind, **facts))
        assert 15 <= len(unescape(said)) <= 200, said
        assert said.endswith((".", "?"))
        assert not set("<>&{}") & set(said.replace("&lt;", "").replace("&gt;", ""))
        assert "None" not in said


def test_no_two_refusals_sound_alike() -> None:
    said = [sentence(Refusal(kind, **FACTS.get(kind, [{}])[0])) for kind in No]
    assert len(set(said)) == len(No)


def test_the_facts_are_said() -> None:
    assert "số 7." in sentence(Refusal(No.NOT_FOUND, number=7))
    assert "đang thực hiện" in sentence(Refusal(No.WRONG_STATE, status=Status.IN_PROGRESS))
    too_long = sentence(Refusal(No.TOO_LONG, limit=500, length=612))
    assert "612" in too_long
    assert "500" in too_long
    assert "20 MB" in sentence(Refusal(No.FILE_TOO_LARGE, limit=20))
