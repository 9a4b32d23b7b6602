"""The question as the bot read it, in one line, so that a misunderstanding is seen at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.chat.cards import clip
from bot.chat.reporting import date_range_words
from bot.language.names.people import Roster
from bot.language.questions.inquiry import Basis, Inquiry, Rank, State
from bot.rules.organisation import unit_rollup

_STATES = {
    State.TO_DECIDE: "Việc chờ đồng chí quyết định",
    State.DONE_LATE: "Việc hoàn thành quá hạn",
    State.DONE_ON_TIME: "Việc hoàn thành đúng hạn",
    State.STALE: "Việc chưa cập nhật",
    State.UNREPORTED: "Việc chưa báo cáo từ khi giao, hoặc lâu chưa cập nhật",
    State.UNRECEIVED: "Việc chưa tiếp nhận",
    State.RETURNED: "Việc bị trả lại",
    State.SUBMITTED: "Việc chờ nghiệm thu",
    State.EXTENDING: "Việc đang xin gia hạn",
    State.EXTENDED: "Việc đang làm đã được gia hạn",
    State.BLOCKED: "Việc đang vướng mắc",
    State.PAUSED: "Việc tạm dừng",
    State.UNDATED: "Việc không thời hạn",
    State.LATE: "Việc chậm (quá hạn hoặc xong muộn)",
    State.OVERDUE: "Việc quá hạn",
    State.OPEN: "Việc đang mở",
    State.DUE: "Việc phải nộp",
    State.DONE: "Việc đã hoàn thành",
}
_URGENCIES = {"URGENT": "Khẩn trở lên", "VERY_URGENT": "Thượng khẩn trở lên", "FLASH": "Hỏa tốc"}
_RANKS = {Rank.UNITS: "Đơn vị", Rank.PEOPLE: "Người chủ trì"}
_BASES = {Basis.DUE: "hạn", Basis.MADE: "giao", Basis.CLOSED: "xong"}
MOST_NAMED = 3


@dataclass(frozen=True)
class Names:
    """The names of the people and units of a question, who asks, and today's date."""

    people: Mapping[int, str]
    units: Mapping[int, str]
    asker: int
    today: date

    @classmethod
    def of(cls, roster: Roster, asker: int, today: date) -> "Names":
        people = {one.key: one.name for one in roster.people}
        units = unit_rollup.apart([(one.key, one.name, one.parent) for one in roster.units])
        return cls(people, units, asker, today)


def heading(asked: Inquiry, names: Names) -> str:
    """Return the question in one line: which tasks, whose, in which days; safe in HTML."""
    parts = [_which(asked), _ranked(asked), *_whose(asked, names)]
    if asked.urgency:
        parts.append(_URGENCIES[asked.urgency])
    if asked.stretch:
        parts.append(f"{_BASES[asked.basis]} {date_range_words.words(asked.stretch, names.today)}")
    return " · ".join(part for part in parts if part)


def _which(asked: Inquiry) -> str:
    if asked.state is State.OVERDUE and asked.over:
        return f"Việc quá hạn trên {asked.over} ngày làm việc"
    if asked.state is not None:
        return _STATES[asked.state]
    if asked.task is not None:
        return f"Việc số {asked.task}"
    return "Việc" if asked.is_of_one else "Việc được giao"


def _ranked(asked: Inquiry) -> str:
    if asked.rank is None:
        return ""
    which = ("thấp", "cao") if asked.share else ("ít", "nhiều")
    share = "tỷ lệ " if asked.share else ""
    return f"{_RANKS[asked.rank]} {share}{which[0] if asked.least else which[1]} nhất"


def _whose(asked: Inquiry, names: Names) -> Iterator[str]:
    people = [
        "đồng chí" if one == names.asker else names.people.get(one, "") for one in asked.people
    ]
    if people:
        yield "của " + _several(people)
    if asked.units:
        yield _several([names.units.get(one, "") for one in asked.units])
    if asked.by is not None:
        by = "đồng chí" if asked.by == names.asker else names.people.get(asked.by, "")
        yield f"do {escape(by)} giao"
    if asked.symbol:
        yield "theo văn bản " + escape(asked.symbol)
    said = " ".join((*asked.words, asked.phrase)).strip()
    if said:
        yield f"có chữ “{clip(said, 60)}”"


def _several(names: Sequence[str]) -> str:
    """Return the names that the words could mean; of more than MOST_NAMED only the first."""
    more = f" và {len(names) - MOST_NAMED} nơi khác" if len(names) > MOST_NAMED else ""
    return escape(", ".join(names[:MOST_NAMED])) + more
