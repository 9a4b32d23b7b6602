"""18. Tra cứu: thẻ theo trạng thái và vai, từ chối, trình đơn"""

from datetime import timedelta
from html import unescape
from re import sub
from typing import Any

from bot.actions.directives.entry import Wrong as Item
from bot.actions.list_import.people_file import Problem, Wrong
from bot.chat import cards, dates, menu
from bot.chat.directives import entry_card
from bot.chat.guide import MENU, MENU_FOR_STRANGERS, MENU_IN_GROUPS
from bot.chat.list_import.people_file import problem_lines
from bot.chat.sentences import sentence
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.records import Role, Status
from tests.chat.scribe import Scribe
from tests.chat.test_cards import NOW, STATES, others
from tests.chat.test_cards import WHO as KNOWN
from tests.chat.test_sentences import FACTS
from tests.rules.task import WORKDAYS, office, task

SUPPORT, FOLLOW = 9, 10
WHO = {
    "chủ trì": KNOWN["lead"],
    "người giao": KNOWN["assigner"],
    "phối hợp": Standpoint(SUPPORT, frozenset({Role.STAFF})),
    "theo dõi": Standpoint(FOLLOW, frozenset({Role.STAFF})),
    "trưởng phòng": KNOWN["head"],
    "lãnh đạo": KNOWN["leader"],
}
FILE_FACTS = {
    "column": "name", "allowed": "name, unit, role", "count": 6, "limit": 80, "value": "x",
    "first": 2, "name": "Mạc Thiên Ân", "unit": "Văn phòng",
}  # fmt: skip


async def cards_of_each(tell: Scribe) -> None:
    """Thẻ việc ở mỗi trạng thái, và nút của từng người"""
    both = others(("support", "Ông Thị Ngọc Trầm"), ("follow", "Giáp Văn Lộc Ninh"))
    both = both.replace(
        '"person_id": 9, "unit_id": null, "name": "Gi',
        f'"person_id": {FOLLOW}, "unit_id": null, "name": "Gi',
    )
    for status in Status:
        view = task(status=status, others=both, **STATES[status])
        shown = cards.card(view, WHO["chủ trì"], NOW, WORKDAYS)
        tell.show("\nThẻ", _plain(shown.text), [])
        for who, standpoint in WHO.items():
            first = cards.card(view, standpoint, NOW, WORKDAYS).keyboard or ()
            more = menu.lines(view, standpoint) if menu.offered(view, standpoint) else ()
            tell.show(who, "", [_labels(row) for row in first])
            tell.show("  Khác", "", [_labels(row) for row in more])


async def a_full_card(tell: Scribe) -> None:
    """Thẻ có đủ mọi dòng"""
    view = task(
        **{
            "document_symbol": "12-TB/VPTU",
            "receiver": "Thường trực",
            "decider_name": "Kiều Bá Thuyên",
        },
        **{
            "urgency": "flash",
            "percent": 60,
            "note": "đã xong dự thảo",
            "blocker": "chưa có số liệu",
        },
        **{"request_id": 1, "request_due_at": office(25, 17), "request_reason": "chờ số liệu"},
        **{"extensions": 1, "files": 2, "evidence": "symbol", "product": "Tờ trình"},
        **{"status": Status.IN_PROGRESS, "parent_id": 3, "parent_title": "Báo cáo tổng kết năm"},
    )
    tell.show("Thẻ", _plain(cards.card(view, WHO["chủ trì"], NOW, WORKDAYS).text), [])


async def days_said(tell: Scribe) -> None:
    """Ngày và khoảng cách ngày"""
    for due in (
        office(8, 17),
        office(9, 17),
        office(10, 17),
        office(12, 17),
        office(6, 17),
        office(18, 17),
    ):
        far = dates.left(due, NOW, WORKDAYS)
        tell.lines.append(f"{dates.deadline(due, WORKDAYS)} ({far})")
    saturday = office(12).date()
    tell.lines.append(dates.days(saturday, saturday, WORKDAYS))
    later = office(12, 9)
    tell.lines.append(dates.left(office(13, 17), later - timedelta(days=1), WORKDAYS))


async def refusals(tell: Scribe) -> None:
    """Mọi lời từ chối"""
    for kind in No:
        said = {sentence(Refusal(kind, **facts)): None for facts in FACTS.get(kind, [{}])}
        tell.show(kind.value, _plain("\n".join(said)), [])


async def wrong_lists(tell: Scribe) -> None:
    """Mọi lỗi trong danh sách người"""
    tell.lines += problem_lines(Problem(2, kind, FILE_FACTS) for kind in Wrong)


async def wrong_items(tell: Scribe) -> None:
    """Mọi lỗi của một mục khi nhập việc theo văn bản"""
    roster = await tell.talk.at_work.office.roster()
    staff = tell.talk.at_work.ids["staff"]
    facts = {
        **{
            "limit": 500,
            "name": "Phan Văn Lạ",
            "item": 1,
            "task": 7,
            "column": "han",
            "value": "x",
        },
        **{"due_at": office(4, 17)},
    }
    choices = {
        Item.NAMESAKES: [staff],
        Item.WHICH_DEADLINE: [(office(18, 17), office(19), False)],
    }
    for kind, words in entry_card.WRONG.items():
        tell.lines.append(words({**facts, "choices": choices.get(kind, [])}, roster, WORKDAYS))
    tell.lines.append(entry_card.WRONG[Item.WHICH_DEADLINE]({"choices": []}, roster, WORKDAYS))


async def menus(tell: Scribe) -> None:
    """Trình đơn lệnh"""
    tell.lines += [
        f"/{name} · {what}" for name, what in (*MENU_FOR_STRANGERS, *MENU_IN_GROUPS, *MENU.items())
    ]


def _plain(text: str) -> str:
    return unescape(sub("<[^>]*>", "", text))


def _labels(row: Any) -> list[str]:
    return [button.label for button in row]
