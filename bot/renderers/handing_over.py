"""The handing-over sheet as a paper for Word and as a workbook (layout: domain.md, section 3)."""

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.renderers.reporting.excel import bold, moment, text, widths
from bot.renderers.reporting.excel_columns import CORRECTING
from bot.renderers.reporting.paper import WIDTH, Annex, Block, Caption, Heading, Paper, Table, Text
from bot.renderers.reporting.report_paper import dated
from bot.renderers.tables import BUCKETS
from bot.rules.mergers.handing_over import HandingOver, HeldTask

MOST_ROWS, MOST_COLUMNS = 1500, 4
"""In Word: maximum rows of a list, and maximum units on each side. The workbook has all."""
SEEN = {
    "series": "Việc định kỳ chuyển theo",
    "invitations": "Lời mời chưa dùng, vẫn dùng được",
    "charges": "Phần phụ trách của lãnh đạo",
}
FIGURES = {
    "people": "Người",
    "open_tasks": "Việc đang mở",
    "closed_tasks": "Việc đã xong (giữ đơn vị cũ)",
    "parts": "Phần phối hợp",
    "files": "Tệp của việc đang mở",
    "lead": "Chủ trì",
    "support": "Phối hợp",
    "follow": "Theo dõi",
    "assigner": "Người giao",
    "decider": "Cấp quyết",
}
FIRST = 40
"""Width in millimetres of the first column of the table of figures."""


def paper(sheet: HandingOver) -> Paper:
    """Return the sheet as a paper; the office fills in its number and the signatures."""
    head, local = sheet.head, sheet.workdays.local(sheet.printed_at)
    return Paper(
        above=head.above.upper(),
        body=head.body.upper(),
        symbol=f"Số        -BB/{head.symbol or '......'}",
        dated=f"{head.place or '..................'}, {dated(local)}",
        title="BIÊN BẢN BÀN GIAO",
        subject=_title(sheet),
        blocks=[*_what(sheet), *_open(sheet), *_signing(sheet)],
        annex=_files(sheet),
        recipients=[
            f"- {', '.join(sheet.givers)},",
            f"- {sheet.taker},",
            f"- Lưu {head.symbol or head.body}.",
        ],
        authority=head.authority.upper(),
        signs=head.title.upper(),
        signer=head.signer,
        made=f"Lập lúc {local:%H:%M %d/%m/%Y}",
    )


def _what(sheet: HandingOver) -> list[Block]:
    at = sheet.workdays.local(sheet.made_at)
    opening = (
        f"Lúc {at:%H:%M} ngày {at:%d/%m/%Y}, {sheet.by} thực hiện: {_title(sheet)}. "
        f"Mã đối chiếu {sheet.fingerprint[:16]}."
    )
    notes: list[Block] = [Text(f"- {note}.") for note in _notes(sheet)]
    before, after = sheet.before_of[:MOST_COLUMNS], sheet.after_of[:MOST_COLUMNS]
    head = (
        "Nội dung",
        *(f"{one} (trước)" for one in before),
        *(f"{one} (sau)" for one in after),
    )
    rest, over = divmod(WIDTH - FIRST, len(head) - 1)
    wide = (FIRST + over, *[rest] * (len(head) - 1))
    rows = [
        (
            FIGURES[row.name],
            *map(str, row.before[: len(before)]),
            *map(str, row.after[: len(after)]),
        )
        for row in sheet.counts
    ]
    table = Table(head, rows, wide, frozenset(range(1, len(head))))
    return [
        Heading("I- NỘI DUNG BÀN GIAO"),
        Text(opening),
        *notes,
        Caption("Bảng 1. Số lượng trước và sau"),
        table,
    ]


def _title(sheet: HandingOver) -> str:
    of_person = f"Bàn giao công việc từ đồng chí {sheet.givers[0]} sang đồng chí {sheet.taker}"
    return sheet.title or of_person


def _notes(sheet: HandingOver) -> list[str]:
    return [f"{SEEN[what]}: {count}" for what, count in sheet.seen.items() if count]


def _open(sheet: HandingOver) -> list[Block]:
    shown = sheet.tasks[:MOST_ROWS]
    rows = [
        (str(one.id), one.title, one.was, one.holder, _day(sheet, one.due_at), _standing(one))
        for one in shown
    ]
    table = Table(
        ("Việc số", "Nội dung", "Người chủ trì trước", "Đang giữ", "Hạn", "Tình trạng"),
        rows,
        (15, 55, 30, 30, 20, 15),
        frozenset({0, 4}),
    )
    heading: list[Block] = [
        Heading("II- VIỆC ĐANG MỞ"),
        Text(f"Có {len(sheet.tasks)} việc đang mở."),
    ]
    more = len(sheet.tasks) - len(shown)
    rest: list[Block] = [Text(f"Còn {more} việc, xem tệp Excel.")] if more > 0 else []
    return [*heading, *([table] if rows else []), *rest]


def _signing(sheet: HandingOver) -> list[Block]:
    sides = (*(f"BÊN GIAO: {giver}" for giver in sheet.givers[:3]), f"BÊN NHẬN: {sheet.taker}")
    width, over = divmod(WIDTH, len(sides))
    blank = tuple("\n\n\n\n(ký, ghi rõ họ tên)" for _ in sides)
    widths_ = (width + over, *[width] * (len(sides) - 1))
    table = Table(sides, [blank], widths_, frozenset(range(len(sides))))
    return [Heading("III- XÁC NHẬN"), table]


def _files(sheet: HandingOver) -> list[Block]:
    if not sheet.files:
        return []
    shown = sheet.files[:MOST_ROWS]
    rows = [(str(one.task_id), one.name, str(one.size), one.sha256) for one in shown]
    head = ("Việc số", "Tệp", "Byte", "SHA-256")
    table = Table(head, rows, (15, 50, 20, 80), frozenset({0, 2}))
    more = len(sheet.files) - len(shown)
    rest: list[Block] = [Text(f"Còn {more} tệp, xem tệp Excel.")] if more > 0 else []
    return [Annex(f"Các tệp và mã SHA-256 ({len(sheet.files)} tệp)"), table, *rest]


def workbook(sheet: HandingOver) -> bytes:
    """Return the sheet as .xlsx: counts, open tasks, files, places for signatures."""
    book = Workbook(write_only=True)
    _counts_sheet(book.create_sheet("Bàn giao"), sheet)
    _tasks_sheet(book.create_sheet("Việc đang mở"), sheet)
    _files_sheet(book.create_sheet("Tệp"), sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _counts_sheet(page: Worksheet, sheet: HandingOver) -> None:
    widths(page, [44, *[24] * (len(sheet.before_of) + len(sheet.after_of))])
    page.append([bold(page, f"DỰ THẢO. BIÊN BẢN BÀN GIAO. {_title(sheet)}")])
    page.append(["Thực hiện lúc", moment(page, sheet.workdays.local(sheet.made_at))])
    page.append(["Người thực hiện", text(page, sheet.by)])
    page.append(["Mã đối chiếu", text(page, sheet.fingerprint)])
    for note in _notes(sheet):
        page.append([text(page, note)])
    page.append([])
    before, after = sheet.before_of, sheet.after_of
    head = ["Nội dung", *(f"{one} (trước)" for one in before), *(f"{one} (sau)" for one in after)]
    page.append([bold(page, one) for one in head])
    for row in sheet.counts:
        page.append([text(page, FIGURES[row.name]), *row.before, *row.after])
    page.append([])
    sides = [*(f"BÊN GIAO: {giver}" for giver in sheet.givers), f"BÊN NHẬN: {sheet.taker}"]
    page.append([bold(page, one) for one in sides])
    page.append(["(ký, ghi rõ họ tên)"] * len(sides))


def _tasks_sheet(page: Worksheet, sheet: HandingOver) -> None:
    widths(page, [10, 60, 28, 28, 32, 18, 18])
    head = ("Việc số", "Nội dung", "Người chủ trì trước", "Đang giữ", "Đơn vị", "Hạn", "Tình trạng")
    page.append([bold(page, one) for one in head])
    for one in sheet.tasks:
        due = moment(page, sheet.workdays.local(one.due_at)) if one.due_at else None
        words = [text(page, said) for said in (one.title, one.was, one.holder, one.unit)]
        page.append([one.id, *words, due, _standing(one)])


def _files_sheet(page: Worksheet, sheet: HandingOver) -> None:
    widths(page, [10, 50, 14, 70])
    page.append([bold(page, one) for one in ("Việc số", "Tệp", "Byte", "SHA-256")])
    for one in sheet.files:
        page.append([one.task_id, text(page, one.name), one.size, one.sha256])


def _standing(one: HeldTask) -> str:
    return BUCKETS[one.bucket] if one.bucket else CORRECTING


def _day(sheet: HandingOver, at: datetime | None) -> str:
    return f"{sheet.workdays.local(at):%d/%m/%Y}" if at else ""
