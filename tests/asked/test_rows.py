"""Every question of questions.txt gets the rows it asks for; at least 95 in a hundred must."""

from collections.abc import Iterator
from pathlib import Path

from bot.actions.assigning import assign
from bot.actions.reporting import answer_question
from bot.language.readings import Kind
from tests.actions.office import Staffed
from tests.asked.expected import NAMED, rows
from tests.asked.office import NOW

FILES = (
    "questions.txt",
    "questions2.txt",
    "questions3.txt",
    "questions4.txt",
    "questions5.txt",
    "questions6.txt",
    "questions7.txt",
)
"""All but the first were written down before anything read them; docs/reading.md has the first scores."""
ENOUGH = 0.95


def questions() -> Iterator[tuple[str, str, str]]:
    """Give each question: which rows answer it, who asks, and the words."""
    wanted = ""
    written = "".join(Path(__file__).with_name(name).read_text("utf-8") for name in FILES)
    for line in written.splitlines():
        if line.startswith("== "):
            wanted = line.removeprefix("== ")
        else:
            who, _, text = line.partition(": ")
            yield wanted, who, text


async def answered(asked: Staffed, who: str, text: str) -> set[int] | None:
    """Return the numbers of the rows that answer somebody; None where it is no question to the bot."""
    office, standpoint = asked.office, asked.who[who]
    said = await answer_question.read(office, standpoint, text, NOW)
    reading = await assign.read(office, standpoint, text, NOW)
    if reading.kind is not Kind.QUESTION or not said.is_clear:
        return None
    found = await answer_question.answer(office, standpoint, 0, said.inquiry, NOW, limit=1000)
    assert found.total == len(found.rows)
    return {one.id for one in found.rows}


async def test_questions_get_their_rows(asked: Staffed) -> None:
    every = list(questions())
    wrong = {
        text: (found, rows(wanted))
        for wanted, who, text in every
        if (found := await answered(asked, who, text)) != rows(wanted)
    }
    assert len(every) >= 150
    assert {wanted for wanted, _, _ in every} == set(NAMED)
    assert len(wrong) <= (1 - ENOUGH) * len(every), wrong
