"""The office that the sentences of the tests are said in, and the calendar they are read by."""

import csv
from pathlib import Path

from bot.language.names.people import Roster, RosterPerson, RosterUnit
from bot.rules.workdays import Workdays

WORKDAYS = Workdays()
SPEAKER = "Lục Gia Khiêm"
UNIT_CODES = {
    "VP": "Văn phòng Thành ủy (demo)",
    "TH": "Phòng Tổng hợp",
    "HC": "Phòng Hành chính - Lưu trữ",
    "QT": "Phòng Quản trị",
    "TC": "Phòng Tài chính Đảng",
    "CY": "Phòng Cơ yếu - Chuyển đổi số",
    "HS": "Đảng ủy phường Hoa Sữa",
    "HSVP": "Văn phòng < Đảng ủy phường Hoa Sữa",
    "HSXD": "Ban Xây dựng Đảng < Đảng ủy phường Hoa Sữa",
    "HSKT": "Cơ quan Ủy ban Kiểm tra < Đảng ủy phường Hoa Sữa",
    "DC": "Đảng ủy xã Đồng Cói",
    "DCVP": "Văn phòng < Đảng ủy xã Đồng Cói",
    "DCXD": "Ban Xây dựng Đảng < Đảng ủy xã Đồng Cói",
    "DCKT": "Cơ quan Ủy ban Kiểm tra < Đảng ủy xã Đồng Cói",
}
_OFFICE = Path(__file__).parent / "office.csv"


def _rows() -> list[dict[str, str]]:
    with _OFFICE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def demo_office() -> Roster:
    """Return the office as a roster; keys count from 1 in the order of the file."""
    rows = _rows()
    units = list(dict.fromkeys((row["unit"], row["parent_unit"]) for row in rows))
    return Roster(
        tuple(
            RosterPerson(
                key=key,
                name=row["name"],
                position=row["position"],
                unit=row["unit"],
                username=row["username"] or None,
                telegram_id=int(row["telegram_id"]),
                aliases=tuple(a.strip() for a in row["aliases"].split(";") if a.strip()),
                unit_key=units.index((row["unit"], row["parent_unit"])) + 1,
            )
            for key, row in enumerate(rows, 1)
        ),
        tuple(RosterUnit(key, name, parent=parent) for key, (name, parent) in enumerate(units, 1)),
    )


def unit_code(roster: Roster, key: int) -> str:
    """Return the corpus's short code of a unit."""
    unit = next(one for one in roster.units if one.key == key)
    names = (unit.name, f"{unit.name} < {unit.parent}")
    return next(code for code, name in UNIT_CODES.items() if name in names)
