"""Search on both engines: what a plain comparison of words finds, whatever the words are."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.folding import words
from storage.engine.database import Database, Value
from storage.tasks import search, tasks
from storage.tasks.task_conditions import Condition
from tests.opened import Opened

AT = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
SYLLABLES = [
    "báo",
    "cáo",
    "Đảng",
    "ủy",
    "uỷ",
    "đề",
    "án",
    "2618",
    "CV",
    "VPTU",
    "or",
    "not",
    "near",
]
odd = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\"'*-:&|!<>()^~½²e1.@/_"),
    max_size=12,
)
texts = st.lists(st.sampled_from(SYLLABLES) | odd, max_size=6).map(" ".join)


async def a_task(db: Database, title: str) -> int:
    async with db.transaction() as tx:
        columns: dict[str, Value] = {
            "title": title, "urgency": "normal", "status": "assigned", "assigner_id": 1,
            "entered_by_id": 1, "created_at": AT,
        }  # fmt: skip
        task = await tasks.insert(tx, columns)
        await search.index(tx, task.id, words(title))
        return task.id


async def found(db: Database, wanted: Sequence[str]) -> set[int]:
    page, _ = await tasks.page(db, search.found(db, [[word] for word in wanted]), tasks.NEWEST, 100)
    return {task.id for task in page}


async def empty(db: Database) -> None:
    async with db.transaction() as tx:
        for table in ("task_search", "tasks", "people"):
            await tx.execute(f"DELETE FROM {table}")
        await tx.execute(
            "INSERT INTO people (id, name, folded, created_at) VALUES (1, 'An', 'an', $1)", AT
        )


def is_found(title: str, wanted: Sequence[str]) -> bool:
    has = words(title)
    return all(word in has for word in wanted[:-1]) and any(
        word.startswith(wanted[-1]) for word in has
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(texts, max_size=4), texts)
@example(["Mã 1e5 và ½ phần", "1e5.7 a@b.vn /tmp/x http://a.vn/b?c"], "1e5 ½")
@example(["a b.c", "www.thanhuy.vn"], "www thanhuy")
@example(["-5 và 5", "+84 912"], "5")
@example(["三 الف ไทย", "İstanbul ﬁ"], "三")
@example(["x" * 500], "x" * 500)
def test_what_is_found(opened: Opened, titles: list[str], query: str) -> None:
    wanted = words(query)

    async def search_once(db: Database) -> None:
        await empty(db)
        numbers = {await a_task(db, title): title for title in titles}
        queries = [wanted] if wanted else []
        queries += [words(title)[:2] for title in titles if words(title)]
        for one in queries:
            expected = {n for n, title in numbers.items() if is_found(title, one)}
            assert await found(db, one) == expected

    opened.run(search_once)


def stands_in(text: Sequence[str], phrase: Sequence[str], begins: bool) -> bool:
    """Tell whether the words of a phrase stand one after the other; the last one may be begun."""
    size = len(phrase)
    for at in range(len(text) - size + 1):
        last = text[at + size - 1]
        whole = last.startswith(phrase[-1]) if begins else last == phrase[-1]
        if list(text[at : at + size - 1]) == list(phrase[:-1]) and whole:
            return True
    return False


pieces = st.lists(st.sampled_from(["ba", "bao", "cao", "cv", "2618", "di"]), max_size=4)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(pieces, st.lists(pieces, max_size=3), st.lists(pieces, max_size=2)), max_size=4
    ),
    st.lists(pieces.filter(bool), min_size=1, max_size=3),
    st.booleans(),
)
@example([(["bao"], [["cao"]], [])], [["bao", "cao"]], False)
@example([([], [["bao"], ["cao"]], [["2618"]])], [["bao", "cao"]], True)
def test_phrases_in_all_that_is_known_of_a_task(
    opened: Opened,
    known: list[tuple[list[str], list[list[str]], list[list[str]]]],
    terms: list[list[str]],
    begins: bool,
) -> None:
    """Every phrase stands whole in one of the texts, none runs from one text into the next."""

    async def search_once(db: Database) -> None:
        await empty(db)
        expected = set()
        for title, said, names in known:
            number = await a_task(db, " ".join(title))
            async with db.transaction() as tx:
                for one in said:
                    await search.add_said(tx, number, one)
                for one in names:
                    await search.add_file(tx, number, one)
            asked = [(term, begins and term is terms[-1]) for term in terms]
            if all(any(stands_in(x, *one) for x in (title, *said, *names)) for one in asked):
                expected.add(number)
        page, _ = await tasks.page(db, search.found(db, terms, begins), tasks.NEWEST, 100)
        assert {task.id for task in page} == expected

    opened.run(search_once)


async def test_what_is_said_of_a_task_without_end_is_kept_up_to_a_limit(db: Database) -> None:
    await empty(db)
    number = await a_task(db, "Báo cáo")
    async with db.transaction() as tx:
        for n in range(80):
            await search.add_said(tx, number, [f"w{n}x{word}" for word in range(500)])
        await search.add_said(tx, number, ["cuoi"])
    assert await found(db, ["w0x499"]) == {number}
    assert await found(db, ["cuoi"]) == set()


async def test_words_that_were_put_right_are_found_in_place_of_the_old_ones(db: Database) -> None:
    await empty(db)
    number = await a_task(db, "Báo cáo tháng")
    async with db.transaction() as tx:
        await search.reindex(tx, number, words("Tờ trình quý"))
    assert await found(db, ["bao"]) == set()
    assert await found(db, ["to", "tri"]) == {number}


async def test_a_hit_is_joined_with_other_conditions(db: Database) -> None:
    await empty(db)
    number = await a_task(db, "Báo cáo")
    page, total = await tasks.page(
        db,
        search.found(db, [["bao"]]) & Condition("t.assigner_id = $1", (2,)),
        tasks.NEWEST,
        5,
    )
    assert (page, total) == ([], 0)
    page, total = await tasks.page(
        db,
        Condition("t.assigner_id = $1", (1,)) & search.found(db, [["bao"]]),
        tasks.NEWEST,
        5,
    )
    assert ([task.id for task in page], total) == ([number], 1)
