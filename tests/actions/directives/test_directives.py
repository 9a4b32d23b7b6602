"""Documents: who may enter, see and correct them, all or none, and how much of one is entered."""

import asyncio
from datetime import date

import pytest

from bot.actions import find
from bot.actions.assigning import assign
from bot.actions.chat_places import Place
from bot.actions.directives import (
    directives,
    enter_directive,
    entry,
    entry_file,
    entry_items,
    entry_lines,
)
from bot.actions.directives.entry import Entry, Wrong
from bot.actions.directives.entry_lines import Numbered
from bot.actions.organisation import on_behalf
from bot.actions.reporting import search
from bot.language.citations.directive_head import read_head
from bot.language.readings import BehalfReading, DocumentHead
from bot.readers import sheets
from bot.refusals import No
from bot.rules.rights import Standpoint
from storage.records import Document, Draft, Task
from tests.actions.office import Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(7, 9)
HEAD = "Thông báo kết luận 12-TB/VPTU ngày 20/11/2026, nhận 04/12, 3 việc"
OWN = "Ân soạn báo cáo, hạn 11/12"
ITEMS = "Ân soạn báo cáo, hạn 11/12\nTrầm rà soát số liệu, trong 5 ngày làm việc"


async def begun(
    at_work: Staffed,
    by: str = "leader",
    head: str = HEAD,
    items: str = ITEMS,
    behalf: BehalfReading | None = None,
) -> Draft:
    read = read_head(head, NOW, WORKDAYS)
    here, who = at_work.office, at_work.who[by]
    sources = [entry.Source(text=one.text, at=NOW) for one in entry_lines.split(items)[1]]
    return await enter_directive.begin(
        here, who, Place(1), read, behalf, sources, NOW, at_work.update()
    )


async def entered(at_work: Staffed, draft: Draft, by: str = "leader") -> tuple[int, list[Task]]:
    who, update = at_work.who[by], at_work.update()
    made = await enter_directive.confirm(at_work.office, who, draft.id, draft.version, NOW, update)
    return made.document_id, made.tasks


async def known(at_work: Staffed, by: str = "leader", head: str = HEAD) -> Document:
    """Enter a document without tasks."""
    number, _ = await entered(at_work, await begun(at_work, by, head, ""), by)
    return await directives.document(at_work.office, at_work.who[by], number)


async def wrong(at_work: Staffed, draft: Draft, by: str = "leader") -> list[list[Wrong]]:
    read = Entry.model_validate(draft.fields)
    found = await entry.faults(at_work.db, at_work.who[by], read, NOW)
    return [[one.kind for one in faults] for faults in found]


async def test_many_at_once_do_not_wait_for_each_others_connections(at_work: Staffed) -> None:
    """Whoever has one, and needs another to read who there is, never gets it where all do."""
    async with asyncio.timeout(10):
        drafts = await asyncio.gather(*(begun(at_work) for _ in range(30)))
    assert len({draft.id for draft in drafts}) == 30


async def test_all_tasks_at_once_with_their_document(at_work: Staffed) -> None:
    number, made = await entered(at_work, await begun(at_work))
    assert [(one.title, one.document_id) for one in made] == [
        ("soạn báo cáo", number),
        ("rà soát số liệu", number),
    ]
    due = [WORKDAYS.local(one.due_at).date() for one in made if one.due_at]
    assert due == [date(2026, 12, 11), date(2026, 12, 11)]
    view = await directives.document(at_work.office, at_work.who["leader"], number)
    assert (view.symbol, view.kind, view.planned, view.entered, view.lacking) == (
        *("12-TB/VPTU", "Thông báo kết luận"),
        *(3, 2, 1),
    )
    assert (view.issued_on, view.received_on) == (date(2026, 11, 20), date(2026, 12, 4))
    past = await directives.history(at_work.office, at_work.who["leader"], number)
    assert [event.kind for event in past] == ["document.begin", "document.enter"]
    assert past[1].facts == {"tasks": [one.id for one in made]}
    assert await at_work.outbox() == [("task.assigned", "staff"), ("task.assigned", "mate")]


async def test_spans_are_counted_from_the_day_it_was_received_or_from_today(
    at_work: Staffed,
) -> None:
    draft = await begun(at_work)
    leader, update = at_work.who["leader"], at_work.update()
    draft = await entry_items.count_from(at_work.office, leader, draft, False, NOW, update)
    _, made = await entered(at_work, draft)
    due = [WORKDAYS.local(one.due_at).date() for one in made if one.due_at]
    assert due == [date(2026, 12, 11), date(2026, 12, 14)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Phan Văn Lạ soạn kế hoạch, hạn 11/12", Wrong.NO_LEAD),
        ("Giao đồng chí Phan Văn Lạ soạn kế hoạch, hạn 11/12", Wrong.UNKNOWN),
        ("Ân soạn kế hoạch", Wrong.NO_DEADLINE),
        ("Ân soạn kế hoạch, hạn thứ Hai", Wrong.WHICH_DEADLINE),
        ("Ân, hạn 11/12", Wrong.NO_TITLE),
        ("Giao Sở Nội vụ báo cáo số liệu, hạn 11/12", Wrong.BODY),
        (f"Ân soạn {'x' * 600}, hạn 11/12", Wrong.TOO_LONG),
        ("Trầm soạn báo cáo, hạn 11/12", Wrong.TWICE),
    ],
)
async def test_one_wrong_item_holds_all_back_until_it_is_mended(
    at_work: Staffed, line: str, found: Wrong
) -> None:
    draft = await begun(at_work, items=f"Ân soạn báo cáo, hạn 11/12\n{line}")
    assert await wrong(at_work, draft) == [[], [found]]
    await refused(No.ITEMS_WRONG, at_work, entered(at_work, draft))
    said = "Ân soạn kế hoạch năm, hạn 11/12"
    leader, update = at_work.who["leader"], at_work.update()
    draft = await entry_items.answer(at_work.office, leader, draft, said, None, NOW, update)
    assert await wrong(at_work, draft) == [[], []]
    assert len((await entered(at_work, draft))[1]) == 2


async def test_a_deadline_that_goes_by_before_the_press_is_wrong_then(at_work: Staffed) -> None:
    draft = await begun(at_work, items="Ân in tài liệu, trước 16h hôm nay")
    assert await wrong(at_work, draft) == [[]]
    leader, late = at_work.who["leader"], office(7, 16, 1)
    press = enter_directive.confirm(
        at_work.office, leader, draft.id, draft.version, late, at_work.update()
    )
    await refused(No.ITEMS_WRONG, at_work, press)
    [[fault]] = await entry.faults(at_work.db, leader, Entry.model_validate(draft.fields), late)
    assert fault.kind is Wrong.PAST


async def test_items_are_replaced_by_number_added_and_taken_out(at_work: Staffed) -> None:
    draft, leader = await begun(at_work), at_work.who["leader"]

    async def say(text: str) -> list[str]:
        nonlocal draft
        update = at_work.update()
        draft = await entry_items.answer(at_work.office, leader, draft, text, None, NOW, update)
        return [one.fields.title for one in Entry.model_validate(draft.fields).items]

    assert await say("2. Trầm kiểm tra hồ sơ,\nhạn 10/12") == ["soạn báo cáo", "kiểm tra hồ sơ"]
    added = await say("3) Ân lập danh sách, hạn 10/12\n4) Trầm in tài liệu, hạn 10/12")
    assert added[2:] == ["lập danh sách", "in tài liệu"]
    assert await say("bỏ mục 1, 4") == ["kiểm tra hồ sơ", "lập danh sách"]
    assert await say("nhận 03/12, 5 việc") == ["kiểm tra hồ sơ", "lập danh sách"]
    now = Entry.model_validate(draft.fields)
    assert (now.received_on, now.planned) == (date(2026, 12, 3), 5)
    update = at_work.update()
    out = entry_items.answer(at_work.office, leader, draft, "bỏ 9", None, NOW, update)
    await refused(No.WHICH_ITEM, at_work, out)
    many = "\n".join(f"- Ân làm việc {n}, hạn 11/12" for n in range(19))
    much = entry_items.answer(at_work.office, leader, draft, many, None, NOW, at_work.update())
    await refused(No.TOO_MANY_ITEMS, at_work, much)


async def test_a_second_press_and_a_repeated_update_do_nothing_twice(at_work: Staffed) -> None:
    draft, leader, update = await begun(at_work), at_work.who["leader"], at_work.update()
    await enter_directive.confirm(at_work.office, leader, draft.id, draft.version, NOW, update)
    again = enter_directive.confirm(at_work.office, leader, draft.id, draft.version, NOW, update)
    await refused(No.ALREADY_DONE, at_work, again)
    await refused(No.STALE, at_work, entered(at_work, draft))
    await refused(No.STALE, at_work, entered(at_work, draft, "deputy"))


async def test_the_same_document_is_gone_on_with_and_its_tasks_are_not_entered_twice(
    at_work: Staffed,
) -> None:
    first, second = await begun(at_work), await begun(at_work)
    number, _ = await entered(at_work, first)
    assert await wrong(at_work, second) == [[], []]
    await refused(No.ITEMS_WRONG, at_work, entered(at_work, second))
    third = await begun(at_work, head="12-TB/VPTU", items=f"{ITEMS}\nÂn in tài liệu, hạn 11/12")
    assert await wrong(at_work, third) == [[Wrong.ENTERED], [Wrong.ENTERED], []]
    leader, update = at_work.who["leader"], at_work.update()
    third = await entry_items.answer(at_work.office, leader, third, "bỏ 1, 2", None, NOW, update)
    assert (await entered(at_work, third))[0] == number
    view = await directives.document(at_work.office, leader, number)
    assert (view.entered, view.lacking) == (3, 0)


@pytest.mark.parametrize("name", ["leader", "deputy", "head", "other_head"])
async def test_heads_and_leaders_enter(at_work: Staffed, name: str) -> None:
    document = await known(at_work, name)
    assert document.entered_by_id == at_work.ids[name]


@pytest.mark.parametrize("name", ["staff", "mate", "clerk", "other", "admin"])
async def test_others_do_not(at_work: Staffed, name: str) -> None:
    await refused(No.NO_DOCUMENT_RIGHT, at_work, begun(at_work, name))


async def test_a_head_enters_for_the_own_unit_alone(at_work: Staffed) -> None:
    draft = await begun(at_work, "other_head", items="Ân soạn báo cáo, hạn 11/12")
    assert await wrong(at_work, draft, "other_head") == [[Wrong.NOT_ALLOWED]]
    await refused(No.ITEMS_WRONG, at_work, entered(at_work, draft, "other_head"))


async def test_a_clerk_enters_for_a_leader_until_the_right_is_taken_back(at_work: Staffed) -> None:
    here, leader, ids = at_work.office, at_work.who["leader"], at_work.ids
    await on_behalf.give(here, leader, ids["clerk"], ids["leader"], None, NOW, None)
    draft = await begun(at_work, "clerk")
    said = await at_work.last_said()
    number, made = await entered(at_work, draft, "clerk")
    assert {(one.assigner_id, one.entered_by_id) for one in made} == {(ids["leader"], ids["clerk"])}
    assert await at_work.outbox(said) == [
        ("task.assigned", "staff"),
        ("task.assigned", "mate"),
        ("document.entered", "leader"),
    ]
    assert (await directives.document(here, leader, number)).for_name == "Trịnh Quang Lĩnh"
    more = await begun(at_work, "clerk", items="Ân in tài liệu, hạn 11/12")
    [right] = await on_behalf.rights_of(here, leader)
    await on_behalf.end(here, leader, right.id, NOW, None)
    await refused(No.NO_DOCUMENT_RIGHT, at_work, entered(at_work, more, "clerk"))


async def test_behalf_named_without_the_right_is_refused(at_work: Staffed) -> None:
    behalf = BehalfReading(person=at_work.ids["leader"])
    await refused(No.NO_ENTRY_RIGHT, at_work, begun(at_work, "head", behalf=behalf))


OTHERS = "Thông báo 12-TB/VPTU ngày 20/11/2026 của Thành ủy về giao ban, nhận 05/12, 9 việc"
THEIRS = "Đàm Tú Quyên soạn kế hoạch, hạn 11/12"


async def test_what_is_typed_of_a_document_that_another_enters_meanwhile_is_kept(
    at_work: Staffed,
) -> None:
    """Where they see it: what nobody had said is known now, the rest of the head is as it was."""
    draft = await begun(at_work, "leader", OTHERS, THEIRS)
    first, _ = await entered(at_work, await begun(at_work, "head", items=OWN), "head")
    assert Entry.model_validate(draft.fields).document_id is None
    here, who = at_work.office, at_work.who["leader"]
    made = await enter_directive.confirm(here, who, draft.id, draft.version, NOW, at_work.update())
    assert (made.document_id, len(made.tasks), made.differs) == (first, 1, True)
    view = await directives.document(here, who, first)
    assert (view.kind, view.received_on, view.planned) == (
        *("Thông báo kết luận", date(2026, 12, 4), 3),
    )
    assert (view.title, view.issuer) == ("giao ban", "Thành ủy"), "nobody had said so yet"
    shown, total = await directives.tasks_of(here, at_work.who["other_head"], first)
    assert ([one.id for one in shown], total) == ([made.tasks[0].id], 1)
    past = await directives.history(here, who, first)
    assert [one.kind for one in past] == [
        *("document.begin", "document.enter", "document.edit", "document.also", "document.enter")
    ]
    assert past[3].facts["changes"] == {
        "kind": ["Thông báo kết luận", "Thông báo"],
        "received_on": ["2026-12-04", "2026-12-05"],
        "planned": [3, 9],
    }


async def seen_by(at_work: Staffed, who: Standpoint) -> list[str]:
    found = await directives.listed(at_work.office, who, NOW)
    assert found.total == len(found.documents)
    return [one.symbol for one in found.documents]


@pytest.mark.parametrize(
    ("name", "sees"),
    [("leader", True), ("head", True), ("staff", True), ("deputy", True), ("other_head", False),
     ("other", False), ("mate", False), ("admin", False)],
)  # fmt: skip
async def test_who_sees_a_document(at_work: Staffed, name: str, sees: bool) -> None:
    """The deputy is in charge of the unit, the staff leads its task."""
    number, _ = await entered(at_work, await begun(at_work, items="Ân soạn báo cáo, hạn 11/12"))
    who = at_work.who[name]
    assert await seen_by(at_work, who) == (["12-TB/VPTU"] if sees else [])
    if not sees:
        one = directives.document(at_work.office, who, number)
        await refused(No.NOT_FOUND, at_work, one)
        assert await directives.with_symbol(at_work.office, who, DocumentHead("12-TB/VPTU")) == []


@pytest.mark.parametrize("name", ["leader", "head"])
async def test_who_entered_and_leaders_of_the_office_correct(at_work: Staffed, name: str) -> None:
    document = await known(at_work, "head")
    said, update = "nhận 05/12, của Văn phòng Thành ủy", at_work.update()
    who = at_work.who[name]
    after = await directives.correct(at_work.office, who, document.id, said, NOW, update)
    assert (after.received_on, after.issuer) == (date(2026, 12, 5), "Văn phòng Thành ủy")
    past = await directives.history(at_work.office, who, document.id)
    changes = past[-1].facts["changes"]
    assert changes["received_on"] == ["2026-12-04", "2026-12-05"]
    assert list((await directives.texts(at_work.office, past)).values()) == ["Văn phòng Thành ủy"]
    found = await directives.listed(at_work.office, who, NOW, query="van phong thanh uy")
    assert [one.id for one in found.documents] == [document.id]


async def test_its_tasks_are_found_by_what_is_known_of_it(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    number, [task] = await entered(
        at_work, await begun(at_work, items="Ân soạn báo cáo, hạn 11/12")
    )
    said, update = "nhận 05/12, của Văn phòng Thành ủy", at_work.update()

    async def found(words: str) -> list[int]:
        return [one.id for one in (await search.by_words(here, who, words, NOW))[0]]

    assert await found("12-TB/VPTU soạn") == [task.id]
    assert await found('"văn phòng thành ủy"') == []
    await directives.correct(here, who, number, said, NOW, update)
    assert await found('"văn phòng thành ủy"') == await found("12-TB/VPTU báo") == [task.id]


@pytest.mark.parametrize("name", ["staff", "deputy"])
async def test_others_who_see_it_do_not_correct(at_work: Staffed, name: str) -> None:
    number, _ = await entered(at_work, await begun(at_work, items="Ân soạn báo cáo, hạn 11/12"))
    who = at_work.who[name]
    change = directives.correct(at_work.office, who, number, "9 việc", NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, change)
    asked = directives.ask(at_work.office, who, Place(1), number, NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, asked)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("sửa giúp tôi", No.NO_DOCUMENT_READ),
        ("3 việc", No.SAME),
        ("nhận 19/11/2026", No.DATES_CROSSED),
        ("số 13-TB/VPTU", No.DOCUMENT_KNOWN),
    ],
)
async def test_what_is_refused_of_a_correction(at_work: Staffed, said: str, kind: No) -> None:
    await known(at_work, head="13-TB/VPTU ngày 20/11/2026, 1 việc")
    document = await known(at_work)
    who, update = at_work.who["leader"], at_work.update()
    await refused(
        kind, at_work, directives.correct(at_work.office, who, document.id, said, NOW, update)
    )


async def test_crossed_days_and_words_without_a_symbol_begin_nothing(at_work: Staffed) -> None:
    crossed = begun(at_work, head="12-TB/VPTU ngày 20/11/2026, nhận 19/11/2026, 3 việc")
    await refused(No.DATES_CROSSED, at_work, crossed)
    await refused(No.NO_DOCUMENT_READ, at_work, begun(at_work, head="nhận 19/11, 3 việc"))


async def test_what_is_not_wholly_entered_is_listed_and_buckets_add_up(at_work: Staffed) -> None:
    number, made = await entered(at_work, await begun(at_work))
    await known(at_work, head="14-TB/VPTU, 0 việc")
    leader = at_work.who["leader"]
    found = await directives.listed(at_work.office, leader, NOW)
    assert (found.total, found.lacking) == (2, 1)
    lacking = await directives.listed(at_work.office, leader, NOW, lacking=True)
    assert [one.id for one in lacking.documents] == [number]
    assert lacking.counts[number].on_track == len(made) == lacking.counts[number].total
    shown, total = await directives.tasks_of(at_work.office, leader, number)
    assert ([one.id for one in shown], total) == ([one.id for one in made], 2)
    for name in ("staff", "other"):
        page = await directives.tasks_of(at_work.office, at_work.who[name], number)
        assert page[1] == (1 if name == "staff" else 0)


async def test_a_sentence_that_cites_it_belongs_to_it(at_work: Staffed) -> None:
    document = await known(at_work)
    here, leader = at_work.office, at_work.who["leader"]
    for said, number in [
        ("Theo Thông báo 12-tb/vptu, giao đồng chí Ân soạn báo cáo, hạn 11/12", document.id),
        ("Theo Thông báo 12-TB/VPTU ngày 20/11/2026, giao đồng chí Ân in, hạn 11/12", document.id),
        ("Theo Thông báo 12-TB/VPTU ngày 21/11/2026, giao đồng chí Ân in, hạn 11/12", None),
        ("Theo Thông báo 15-TB/VPTU, giao đồng chí Ân in, hạn 11/12", None),
    ]:
        readings = await assign.read_all(here, leader, said, NOW)
        [draft] = await assign.begin(here, leader, Place(1), readings, NOW, at_work.update())
        update = at_work.update()
        task = await assign.confirm(here, leader, draft.id, draft.version, None, NOW, update)
        assert task.document_id == number
    assert (await find.task(here, leader, 1)).document_symbol == "12-TB/VPTU"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"noi dung,chu tri\n", No.EMPTY_FILE),
        ("chủ trì,hạn\nÂn,11/12\n".encode(), No.BAD_COLUMN),
        ("nội dung,tên mèo\nviệc,Mun\n".encode(), No.BAD_COLUMN),
        ("nội dung\nSao chụp tài liệu MẬT\n".encode(), No.SECRET),
        ("nội dung\ntim ho so mat\nviệc\n".encode(), No.MAY_BE_MARKED),
        ("nội dung\ntim ho so mat\nSao chụp tài liệu MẬT\n".encode(), No.SECRET),
        (("nội dung\n" + "việc\n" * 21).encode(), No.TOO_MANY_ITEMS),
    ],
)
async def test_what_is_no_list_of_tasks_is_refused(
    at_work: Staffed, content: bytes, kind: No
) -> None:
    async def read() -> None:
        entry_file.read(sheets.read(content), NOW)

    await refused(kind, at_work, read())


def test_a_list_is_told_from_what_stands_before_it() -> None:
    assert entry_lines.split("Các việc sau:\n1. Một\n(2) Hai\ntiếp theo\n- Ba") == (
        "Các việc sau",
        [Numbered(1, "Một"), Numbered(2, "Hai tiếp theo"), Numbered(None, "Ba")],
    )
    assert entry_lines.with_head(f"{HEAD}\nMột\nHai") == (
        HEAD,
        [Numbered(None, "Một"), Numbered(None, "Hai")],
    )
    assert entry_lines.dropped("bo muc 2 và 3") == [2, 3]
    assert entry_lines.dropped("bỏ trốn 3") == []
