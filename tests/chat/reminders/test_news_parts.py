"""What is told of a whole whose parts are done, and of one of them opened again."""

from datetime import timedelta

import pytest

from bot.actions.history import undo
from bot.actions.tasks import answer, review
from bot.chat.reminders.notice_headings import HEADINGS
from tests.chat.talk import Talk
from tests.rules.task import office


@pytest.mark.parametrize("reopened", [True, False])
async def test_that_all_are_done_is_said_while_they_are(talk: Talk, reopened: bool) -> None:
    at_work, talk.now = talk.at_work, office(9)
    here, who = at_work.office, at_work.who
    whole, part = await at_work.assign(to="head"), await at_work.assign(by="head")
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE tasks SET parent_id = $1 WHERE id = $2", whole.id, part.id)
    )
    handed_in = await answer.submit(here, who["staff"], part.id, "Xong", None, talk.now, None)
    done = await review.accept(here, who["leader"], part.id, handed_in.version, talk.now, None)
    if reopened:
        at = talk.now + timedelta(seconds=5)
        await undo.undo(here, who["leader"], part.id, done.version, at, None)
    await talk.deliver()
    told = "\n".join(one.text for one in talk.heard("head"))
    assert (HEADINGS["parts.done"] in told) is not reopened
