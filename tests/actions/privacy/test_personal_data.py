"""One's own data: all of it, and nobody else's."""

import io
import json
import zipfile

from bot.actions.privacy import personal_data
from bot.renderers.own_data import HEADINGS, packed
from tests.actions.archive.over import NEXT_YEAR, eventful, over
from tests.actions.office import Staffed


async def test_all_of_one_s_own_and_nothing_of_others(at_work: Staffed) -> None:
    await eventful(at_work)
    await over(at_work, "Việc của đồng chí khác", to="other")
    held = await personal_data.own(at_work.office, at_work.who["staff"], NEXT_YEAR, None)
    assert list(held) == list(HEADINGS)
    said = {one["body"] for one in held["said"]}
    assert {"Gửi bản quét", "Đã làm rõ", "Đã trình <bản> 1"} <= said
    assert "Làm rõ mục 2" not in said
    assert [one["name"] for one in held["files"]] == ["=bang.PDF"]
    assert [one["task_id"] for one in held["tasks"]] == [1]
    assert held["person"][0]["telegram_id"] == 104
    with zipfile.ZipFile(io.BytesIO(packed("Mạc Thiên Ân", held))) as zipped:
        assert json.loads(zipped.read("du-lieu.json"))["tasks"] == held["tasks"]
        shown = zipped.read("du-lieu.html").decode()
    assert "Đã trình &lt;bản&gt; 1" in shown
    assert "Việc của đồng chí khác" not in shown
    [event] = await at_work.db.fetch("SELECT facts FROM events WHERE kind = 'person.own_data'")
    assert event["facts"] == "{}"
