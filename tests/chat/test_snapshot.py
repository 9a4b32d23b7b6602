"""Everything the bot says, for people to read: tests/chat/messages, a file for each chapter.

`pytest tests/chat/test_snapshot.py --update-messages` writes them anew, with `-k beginning` one of them; read the diff
before a commit.
"""

import ast
import asyncio
import re
from collections.abc import Callable, Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest

import bot.chat
from bot.chat.cards import LIMIT
from bot.chat.reminders import brief_mode, notice_headings
from bot.chat.routes import COMMANDS
from bot.chat.tasks import notes
from tests.actions.office import PEOPLE, UNITS, Staffed
from tests.chat.book import Book, told
from tests.chat.situations import chapters

NAMED = [str(name) for name, *_ in (*PEOPLE.values(), *UNITS.values())]
NAMES = sorted(
    {part for name in NAMED for part in (name, name.split()[-1])}
    | {"Phòng Một", "Phòng Hai", "Lê Minh Hà", "Đảng ủy phường Hoa Sữa"},
    key=len,
    reverse=True,
)
SHOWN = Path(__file__).with_name("messages")
CHAT = Path(bot.chat.__file__).parent
LISTS = (
    *("Lịch sử việc số", "Việc của đồng chí", "Việc đồng chí đã giao", "Việc quá hạn", "Tổng hợp"),
    *("Kết quả tìm", "Việc hôm nay", "Nhắc việc", "Tệp của việc số", "Phần việc của việc số"),
    *("Từ hôm nay đồng chí xử lý thay", "Chào đồng chí đi làm lại", "Dòng ", "Việc đỏ chưa rõ"),
    *("Việc chậm (", "Việc đang mở", "Việc phải nộp", "Việc được giao"),
    *("Phân công · ", "Chưa nhập. "),
    *("Đồng chí được giao việc mới: ", "Việc mới và nhắc việc", "Đồng chí nói việc số mấy?"),
)
"""How lists and reports begin: they may be longer than a look."""
HEADINGS = "|".join(
    re.escape(one)
    for one in (
        *("Tin mới", "Việc hôm nay", notes.HEADING, notice_headings.FOLLOWS_BODY),
        *notice_headings.HEADINGS.values(),
        *notice_headings.HEADINGS_BY_PART.values(),
        *(
            f"{one}{part}"
            for one in notice_headings.RUNGS.values()
            for part in ("", " (phần phối hợp)")
        ),
    )
)
DAYS = r"hôm qua|hôm nay|ngày mai|trong ngày nghỉ|vừa quá hạn|(còn|quá hạn) \d+ ngày làm việc|\d+ ngày trước"
DEADLINE = rf"không thời hạn|\d\d:\d\d (thứ \w+|Chủ nhật), \d\d/\d\d/\d{{4}}( \(({DAYS})\))?"
IN_BRIEF = re.compile(rf"<b>({HEADINGS})</b>|(\W+ )?Việc số \d+( · ({DEADLINE}))?|và \d+ việc khác")
MOST = 20
"""Letters of a button's label beside the names of people, units and files: more is cut on a phone."""
UNSHOWN = Path(__file__).with_name("unshown.txt")
"""What no situation shows: only what cannot be had in one, or is still to be written. It gets no longer."""


CHAPTERS = {chapter.file: chapter for chapter in chapters()}
Tell = Callable[[str], Book]


@pytest.fixture(scope="module")
def tell(
    small_office: Staffed, sqlite_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> Tell:
    """Return what tells a chapter, once for all tests that ask for it."""
    folder = tmp_path_factory.mktemp("book")
    return cache(
        lambda file: asyncio.run(told(CHAPTERS[file], small_office, sqlite_office, folder))
    )


@pytest.fixture(scope="module")
def book(tell: Tell) -> Book:
    """All chapters as one book."""
    parts = [tell(file) for file in CHAPTERS]
    return Book(
        "\n".join(one.text for one in parts),
        [message for one in parts for message in one.messages],
        [brief for one in parts for brief in one.briefs],
    )


@pytest.mark.parametrize("file", CHAPTERS, ids=lambda file: file.removesuffix(".txt"))
def test_a_chapter_shows_what_is_said(file: str, tell: Tell, pytestconfig: pytest.Config) -> None:
    text = tell(file).text
    if pytestconfig.getoption("update_messages"):
        (SHOWN / file).write_text(text, encoding="utf-8")
    lines = unified_diff((SHOWN / file).read_text("utf-8").splitlines(), text.splitlines(), n=1)
    difference = "\n".join(lines)
    assert not difference, (
        "pytest tests/chat/test_snapshot.py --update-messages, then read the diff"
    )


def test_every_file_is_a_chapter() -> None:
    assert {one.name for one in SHOWN.iterdir()} == CHAPTERS.keys()


def test_no_message_is_longer_than_a_look_but_lists(book: Book) -> None:
    in_place = re.compile("Xử lý thay đồng chí .*\n")
    said = {text for text, _ in book.messages if not in_place.sub("", text).startswith(LISTS)}
    assert len(said) > 300
    assert [text for text in said if len(text) > LIMIT] == []


def test_told_in_brief_are_numbers_and_dates_alone(book: Book) -> None:
    told = [one.message for one in book.briefs]
    assert len(told) > 200
    said = {line for one in told for line in one.text.split("\n")}
    assert [line for line in said if not IN_BRIEF.fullmatch(line)] == []
    labels = {press.label for one in told for line in one.keyboard or () for press in line}
    assert labels == {brief_mode.OPENS}


def test_a_button_is_short_but_for_the_name_on_it(book: Book) -> None:
    labels = {label for _, shown in book.messages for label in shown}
    assert len(labels) > 100
    assert [label for label in labels if len(nameless(label)) > MOST] == []


def nameless(label: str) -> str:
    """Return a label without the names of people, units and files on it."""
    return re.sub("|".join(map(re.escape, NAMES)) + r"|\S+\.(pdf|docx|xlsx)", "", label)


def test_every_command_is_typed(book: Book) -> None:
    assert [name for name in COMMANDS if f" gõ: /{name}" not in book.text] == []


def phrases(file: Path) -> Iterator[tuple[int, str]]:
    """Return each piece of Vietnamese that a file can say, with its line; not what it only reads."""
    tree = ast.parse(file.read_text("utf-8"))
    unsaid = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) or "re.compile" in ast.unparse(node)[:10]
        for inner in ast.walk(node)
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Await | ast.Call))
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in unsaid
        ):
            for part in re.split(r"<[^>]*>|\n|\{[^}]*\}", node.value):
                if re.search(r"[^\x00-\x7f]", part) and len(part.strip()) > 3:
                    yield node.lineno, part.strip()


def test_nothing_is_said_that_the_file_does_not_show(book: Book) -> None:
    shown = book.text.casefold()
    unshown = [line for line in UNSHOWN.read_text("utf-8").splitlines() if line[:1] not in "#"]
    missing = {
        phrase: f"{file.name}:{line}"
        for file in sorted(CHAT.rglob("*.py"))
        for line, phrase in phrases(file)
        if phrase.casefold() not in shown
    }
    said = [f"{missing[phrase]}: {phrase}" for phrase in missing if phrase not in unshown]
    assert said == [], "tests/chat/situations/ has no situation in which this is read"
    assert [phrase for phrase in unshown if phrase not in missing] == [], (
        "take it out of unshown.txt"
    )
