"""The parts that a yearly review (tổng kết) adds to a report: results by unit and person, and the trend."""

from bot.renderers.reporting.paper import Block, Caption, Table, Text
from bot.renderers.tables import achieved
from bot.rules.reporting.percentages import ratio
from bot.rules.reporting.reporting import COMMENDED_FROM, Month, Report, Share

Part = tuple[str, list[Block]]


def review(report: Report) -> list[Part]:
    """Return the added parts with their headings, in order."""
    return [
        ("Kết quả theo đơn vị", _by_unit(report)),
        ("Kết quả theo cá nhân", _by_person(report)),
        ("Diễn biến trong năm", _trend(report)),
        ("Tập thể, cá nhân xem xét khen thưởng", _candidates(report)),
    ]


def _by_unit(report: Report) -> list[Block]:
    whole = Share("Tổng cộng", None, report.rows)
    finished = len(whole.finished)
    opening = (
        f"Hoàn thành {finished} nhiệm vụ; đúng hạn ban đầu {whole.on_time_first} "
        f"({ratio(whole.on_time_first, finished)}), đúng hạn hiện hành {whole.counts.done_on_time} "
        f"({ratio(whole.counts.done_on_time, finished)}). Kết quả bị trả lại {whole.returned} lượt, "
        f"gia hạn {whole.extensions} lượt."
    )
    caption = Caption("Bảng 2. Đúng hạn, trả lại, gia hạn theo đơn vị")
    return [Text(opening), caption, achieved(report.units, "Đơn vị", whole)]


def _by_person(report: Report) -> list[Block]:
    if not report.people:
        return [Text("Không có nhiệm vụ do cá nhân chủ trì.")]
    caption = Caption("Bảng 3. Đúng hạn, trả lại, gia hạn theo người chủ trì")
    return [caption, achieved(report.people, "Người chủ trì")]


def _trend(report: Report) -> list[Block]:
    table = Table(
        head=(
            "Tháng",
            "Giao mới",
            "Hoàn thành",
            "Đúng hạn",
            "Còn mở cuối tháng",
            "Trong đó quá hạn",
        ),
        rows=[_month(one) for one in report.trend],
        widths=(25, 25, 28, 32, 29, 26),
        centred=frozenset(range(6)),
    )
    return [Caption("Bảng 4. Diễn biến theo tháng"), table]


def _month(one: Month) -> tuple[str, ...]:
    found = one.counts
    done = found.done_on_time + found.done_late
    open_ = found.total - done
    on_time = f"{found.done_on_time} ({ratio(found.done_on_time, done)})" if done else "0"
    return (
        f"{one.period.first:%m/%Y}",
        str(one.assigned),
        str(done),
        on_time,
        str(open_),
        str(found.overdue),
    )


def _candidates(report: Report) -> list[Block]:
    """Return people who may be commended, with all figures and no single score: people decide."""
    rule = (
        f"Dưới đây là các đồng chí hoàn thành từ {COMMENDED_FROM} nhiệm vụ, tất cả đúng hạn hiện hành "
        "và không còn nhiệm vụ quá hạn, xếp theo tên; số liệu để cấp có thẩm quyền xem xét."
    )
    if not report.candidates:
        return [Text(f"Không có cá nhân hoàn thành từ {COMMENDED_FROM} nhiệm vụ, tất cả đúng hạn.")]
    return [
        Text(rule),
        *(Text(f"- {_candidate(one)}") for one in report.candidates),
    ]


def _candidate(one: Share) -> str:
    of = f" ({one.above})" if one.above else ""
    return (
        f"Đồng chí {one.name}{of}: hoàn thành {len(one.finished)}, đúng hạn ban đầu "
        f"{one.on_time_first}, gia hạn {one.extensions}, bị trả lại {one.returned}, "
        f"chất lượng tốt trở lên {one.well_done}."
    )
