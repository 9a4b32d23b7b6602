"""The office that is asked: made of plain rows, so that no action of ours decides what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.actions.office import Office
from bot.actions.standpoint import standpoint
from bot.folding import fold, words
from bot.language.readings import ReadingSettings
from bot.rules.workdays import Workdays
from storage.directives import directives
from storage.engine.database import Database, Transaction, Value
from storage.history import audit
from storage.history.audit import NewEvent
from storage.organisation import people, units
from storage.records import Part, Role, Status, Urgency
from storage.tasks import search, tasks
from tests.actions.office import Staffed

WORKDAYS = Workdays()
NOW = datetime(2026, 11, 25, 14, 5, tzinfo=WORKDAYS.timezone).astimezone(UTC)
"""A Wednesday; the day before it is a holiday."""
UNITS = {
    "vp": ("Văn phòng Thành ủy", None),
    "th": ("Phòng Tổng hợp", "vp"),
    "hc": ("Phòng Hành chính - Lưu trữ", "vp"),
    "qt": ("Phòng Quản trị", "vp"),
    "tc": ("Phòng Tài chính Đảng", "vp"),
    "cy": ("Phòng Cơ yếu - Chuyển đổi số", "vp"),
    "hs": ("Đảng ủy phường Hoa Sữa", None),
}
PEOPLE = {
    "linh": ("Trịnh Quang Lĩnh", "Chánh Văn phòng", "vp", Role.LEADER, ""),
    "mo": ("Tạ Thị Hoài Mơ", "Phó Chánh Văn phòng", "th", Role.LEADER, "hc"),
    "thuyen": ("Kiều Bá Thuyên", "Phó Chánh Văn phòng", "qt", Role.LEADER, "tc cy"),
    "nhi": ("Đoàn Thục Hạnh Nhi", "Trưởng phòng", "th", Role.HEAD, ""),
    "khiem": ("Lục Gia Khiêm", "Phó Trưởng phòng", "th", Role.STAFF, ""),
    "an": ("Mạc Thiên Ân", "Chuyên viên", "th", Role.STAFF, ""),
    "tram": ("Ông Thị Ngọc Trầm", "Chuyên viên", "th", Role.STAFF, ""),
    "man": ("Quách Duy Mẫn", "Chuyên viên", "th", Role.STAFF, ""),
    "uyen": ("Từ Bảo Uyên", "Chuyên viên", "th", Role.STAFF, ""),
    "thao": ("Nghiêm Xuân Thảo", "Trưởng phòng", "hc", Role.HEAD, ""),
    "vy": ("Hứa Cẩm Vy", "Chuyên viên", "hc", Role.STAFF, ""),
    "ninh": ("Giáp Văn Lộc Ninh", "Chuyên viên", "hc", Role.STAFF, ""),
    "vuong": ("Thân Đức Vượng", "Trưởng phòng", "qt", Role.HEAD, ""),
    "quyen": ("Đàm Tú Quyên", "Chuyên viên", "qt", Role.STAFF, ""),
    "lam": ("Sầm Thị Hải Lam", "Trưởng phòng", "tc", Role.HEAD, ""),
    "tuong": ("Bạch Minh Tường", "Chuyên viên", "tc", Role.STAFF, ""),
    "nghia": ("Viên Trọng Nghĩa", "Trưởng phòng", "cy", Role.HEAD, ""),
    "kha": ("Cao Lê Phương Kha", "Chuyên viên", "cy", Role.STAFF, ""),
}
"""name, position, unit, role, units in charge of"""

DOCUMENTS = {
    "2618": ("2618-CV/VPTU", "Công văn", "Về tổng hợp kiến nghị"),
    "05": ("05-CT/TU", "Chỉ thị", "Về kỷ luật phát ngôn"),
}
WORKED = frozenset({"assigned", "in_progress", "returned"})


@dataclass(frozen=True)
class T:
    """One task as it was written down; days are "d/m" of 2026 or "d/m/yyyy", "" is never."""

    title: str
    lead: str
    due: str = ""
    status: str = "in_progress"
    heard: str = ""
    made: str = "2/11"
    submitted: str = ""
    closed: str = ""
    by: str = "linh"
    urgency: str = "normal"
    blocker: str = ""
    document: str = ""
    extended: int = 0
    asks_more: bool = False
    helps: str = ""
    body: str = ""
    number: int = field(default=0)

    @property
    def unit(self) -> str:
        return self.body or PEOPLE[self.lead][2]


TASKS = [
    T("Báo cáo sơ kết công tác quý III", "tram", "10/11", heard="12/11"),
    T("Rà soát dữ liệu đảng viên", "an", "20/11", "assigned", made="16/11"),
    T("Kế hoạch mua sắm máy tính", "quyen", "18/11", heard="17/11", blocker="chờ báo giá"),
    T("Sửa chữa hội trường tầng 2", "vuong", "20/11", heard="23/11"),
    T("Kiểm kê tài sản cuối năm", "quyen", "16/11", heard="10/11"),
    T("Tờ trình trang bị máy photocopy", "vuong", "27/11", heard="23/11", urgency="urgent"),
    T("Quyết toán kinh phí tháng 10", "tuong", "26/11", heard="23/11"),
    T("Dự toán kinh phí năm 2027", "lam", "15/12", "assigned", made="20/11"),
    T("Công văn trả lời Ban Tổ chức", "tram", "25/11", heard="25/11", urgency="very_urgent",
      document="2618"),
    T("Tổng hợp kiến nghị cử tri", "man", "27/11", heard="20/11", document="2618"),
    T("Lịch làm việc tuần 49", "vy", "27/11", heard="24/11"),
    T("Chỉnh lý hồ sơ lưu trữ", "ninh", "30/12", heard="1/10", made="15/9"),
    T("Nâng cấp hệ thống thư điện tử", "kha", "1/12", heard="25/11", urgency="flash"),
    T("Kiểm tra phòng họp trực tuyến", "nghia", "23/11", heard="23/11"),
    T("Báo cáo tháng 9", "tram", "5/10", "done", "2/10", "20/9", "2/10", "5/10"),
    T("Báo cáo tháng 10", "tram", "5/11", "done", "4/11", "20/10", "4/11", "6/11"),
    T("Kế hoạch kiểm tra quý IV", "man", "15/10", "done", "14/10", "1/10", "14/10", "16/10"),
    T("Báo cáo thu chi quý III", "tuong", "10/10", "done", "20/10", "1/10", "20/10", "21/10"),
    T("Thanh lý tài sản hỏng", "quyen", "30/10", "done", "5/11", "1/10", "5/11", "6/11"),
    T("Tờ trình bổ sung biên chế", "an", "26/11", "submitted", "24/11", "5/11", "24/11"),
    T("Dự thảo nghị quyết chuyên đề", "khiem", "27/11", "submitted", "25/11", "9/11", "25/11",
      by="mo"),
    T("Thông báo kết luận giao ban", "uyen", "20/11", "submitted", "23/11", "18/11", "23/11"),
    T("Đề cương tuyên truyền", "man", "2/12", "returned", "24/11", "6/11", "20/11"),
    T("Báo cáo kiểm điểm cuối năm", "nhi", "10/12", heard="24/11", asks_more=True),
    T("Rà soát quy chế làm việc", "khiem", "11/12", heard="24/11", extended=2, made="1/9"),
    T("Mua văn phòng phẩm", "quyen", "30/11", "assigned", made="24/11"),
    T("Chuẩn bị phòng họp Thường trực", "vuong", "26/11", heard="25/11", made="24/11"),
    T("Cập nhật trang thông tin nội bộ", "kha", "4/12", "assigned", made="24/11", by="thuyen"),
    T("Số hóa tài liệu", "ninh", "20/12", "paused", "23/11"),
    T("Tổ chức tập huấn", "kha", "20/12", "cancelled", closed="19/11"),
    T("Góp ý dự thảo quy định", "uyen", "", heard="23/11"),
    T("Báo cáo cải cách hành chính", "thao", "30/11", "assigned", made="18/11"),
    T("Rà soát trang thiết bị", "nghia", "3/12", heard="24/11", helps="vuong tuong"),
    T("Báo cáo tình hình cơ sở", "man", "19/11", heard="18/11", body="hs"),
    T("Phát hành giấy mời họp", "vy", "23/11", "done", "23/11", "20/11", "23/11", "23/11"),
    T("Tổng hợp số liệu kết nạp", "an", "19/11", "done", "23/11", "9/11", "23/11", "25/11"),
    T("Gặp mặt cán bộ hưu trí", "mo", "28/11", heard="23/11"),
    T("Theo dõi thực hiện chỉ thị", "tram", "30/11", "assigned", made="19/11", document="05"),
    T("Biên tập kỷ yếu", "tram", "18/12", heard="24/11"),
    T("Tổng kết năm 2025", "nhi", "20/12/2025", "done", "18/12/2025", "1/12/2025", "18/12/2025",
      "20/12/2025"),
    T("Kế hoạch đại hội chi bộ", "khiem", "30/9", "done", "25/9", "1/9", "25/9", "28/9"),
    T("Báo cáo nhân sự", "an", "15/8", "done", "20/8", "1/8", "20/8", "21/8"),
    T("Bảo trì thang máy", "quyen", "23/11", heard="23/11"),
    T("Đối chiếu công nợ", "lam", "20/10", "done", "28/10", "1/10", "28/10", "29/10"),
    T("Lập danh mục hồ sơ", "tram", "22/12", heard="24/11"),
]  # fmt: skip
TASKS = [T(**{**vars(one), "number": n}) for n, one in enumerate(TASKS, 1)]


def day(text: str) -> date:
    """Return "d/m" of 2026, or "d/m/yyyy"."""
    parts = [int(one) for one in text.split("/")]
    return date(parts[2] if len(parts) > 2 else 2026, parts[1], parts[0])


def moment(text: str, hour: int = 9) -> datetime | None:
    return WORKDAYS.at(day(text), time(hour)) if text else None


def days_late(one: T) -> int:
    """Count the working days a task is late at NOW, by counting on fingers."""
    if not one.due:
        return 0
    late, at = 0, day(one.due)
    until = (
        day(one.submitted)
        if one.submitted and one.status in ("submitted", "done")
        else day("25/11")
    )
    while at < until:
        at += timedelta(days=1)
        late += at.weekday() < 5 and at != day("24/11")
    return max(late, 1) if day(one.due) < until else 0


async def asked_office(db: Database, files: Path) -> Staffed:
    """Write the office of the rows above."""
    at = moment("1/1") or NOW
    unit_ids: dict[str, int] = {}
    ids: dict[str, int] = {}
    async with db.transaction() as tx:
        for key, (name, parent) in UNITS.items():
            above = unit_ids[parent] if parent else None
            unit_ids[key] = await units.insert(tx, name, fold(name), above, at)
        await tx.execute("UPDATE units SET outside = TRUE WHERE id = $1", unit_ids["hs"])
        for number, (key, (name, position, unit, role, charges)) in enumerate(PEOPLE.items(), 101):
            ids[key] = await people.insert(
                *(tx,), name=name, folded=fold(name), position=position, username=None,
                telegram_id=None, aliases=(), at=at,
            )  # fmt: skip
            await people.join(tx, ids[key], number, None)
            await people.give_role(tx, ids[key], unit_ids[unit], role, at)
            given = [unit_ids[one] for one in charges.split()]
            await people.change_charges(tx, ids[key], (), given, at)
        await audit.append_many(tx, at, [NewEvent("office.imported")])
        papers = {key: await _document(tx, ids["linh"], *one) for key, one in DOCUMENTS.items()}
        for one in TASKS:
            await _task(tx, one, ids, unit_ids, papers)
    who = {}
    for key, person_id in ids.items():
        member = await people.member(db, person_id)
        assert member is not None
        who[key] = await standpoint(db, member)
    reading = ReadingSettings(term_from=date(2025, 7, 1))
    office = Office(db=db, name="Văn phòng", files=files, reading=reading)
    return Staffed(office, unit_ids, ids, who)


async def _document(tx: Transaction, by: int, symbol: str, kind: str, title: str) -> int:
    found_by = " ".join(words(f"{symbol} {kind} {title}"))
    new = await directives.put(
        tx,
        {
            "symbol": symbol, "folded": fold(symbol), "words": found_by, "kind": kind,
            "title": title, "entered_by_id": by, "created_at": NOW,
        },
    )  # fmt: skip
    assert new is not None
    return new.id


async def _task(
    tx: Transaction,
    one: T,
    ids: Mapping[str, int],
    unit_ids: Mapping[str, int],
    papers: Mapping[str, int],
) -> None:
    due = WORKDAYS.due(day(one.due)) if one.due else (None, None)
    made = moment(one.made, 8) or NOW
    blocker = await _text(tx, one.blocker, made) if one.blocker else None
    columns: dict[str, Value] = {
        "title": one.title, "urgency": Urgency(one.urgency), "status": Status(one.status),
        "assigner_id": ids[one.by], "entered_by_id": ids[one.by],
        "unit_id": unit_ids[PEOPLE[one.lead][2]],
        "body_id": unit_ids[one.body] if one.body else None,
        "document_id": papers.get(one.document), "due_at": due[0], "late_from": due[1],
        "first_due_at": due[0], "first_late_from": due[1], "extensions": one.extended,
        "blocker_id": blocker, "created_at": made,
        "received_at": None if one.status == "assigned" else made,
        "reported_at": moment(one.heard, 8),
        "submitted_at": moment(one.submitted) if one.status in ("submitted", "done") else None,
        "closed_at": moment(one.closed, 10),
    }  # fmt: skip
    task = await tasks.insert(tx, columns)
    assert task.id == one.number
    lead = Part.FOLLOW if one.body else Part.LEAD
    parts = [(ids[one.lead], lead), *((ids[name], Part.SUPPORT) for name in one.helps.split())]
    await tasks.add_people(tx, task.id, parts, made)
    await search.index(tx, task.id, words(one.title), task.document_id)
    if one.asks_more:
        await tx.execute(
            "INSERT INTO requests (task_id, kind, state, asked_by, asked_at, due_at, late_from,"
            " has_clock) VALUES ($1, 'extension', 'open', $2, $3, $3, $3, FALSE)",
            *(task.id, ids[one.lead], NOW),
        )


async def _text(tx: Transaction, body: str, at: datetime) -> int:
    row = await tx.fetch_one(
        "INSERT INTO texts (body, sha256, created_at) VALUES ($1, '', $2) RETURNING id", body, at
    )
    assert row is not None
    return int(row["id"])
