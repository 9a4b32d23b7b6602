"""A button that somebody made up, of a task that they may not see, is answered as one of no task."""

import pytest

from bot.chat.routes import BUTTONS
from tests.chat.talk import Talk

NONE = 99
OF_A_TASK = ("task.", "check.", "edit.", "split.", "part.", "division.", "file.page")
VALUES = {"task.grade": "excellent", "task.as_report": "p1"}


@pytest.mark.parametrize("kind", [one for one in BUTTONS if one.startswith(OF_A_TASK)])
async def test_a_forged_button_does_not_tell_what_there_is(talk: Talk, kind: str) -> None:
    hidden = await talk.at_work.assign(to="staff")
    await talk.deliver()
    on = await talk.say("other", "/viec")
    answers = []
    for number in (hidden.id, NONE):
        for version in (hidden.version, hidden.version + 1):
            heard = len(talk.heard("other"))
            press = f"{kind}:{number}:{version}:{VALUES.get(kind, '')}"
            toast = await talk.press_data("other", press, on)
            said = [one.text for one in talk.heard("other")[heard:]]
            answers.append([one.replace(str(number), "N") for one in (toast, *said)])
    assert answers[:2] == answers[2:]
