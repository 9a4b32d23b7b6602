"""`/vanban` and words: all of them count, on the next page too."""

from bot.folding import fold, words
from storage.directives import directives
from tests.chat.talk import Talk
from tests.rules.task import office

ABOUT = "triển khai thực hiện nghị quyết đại hội đảng bộ thành phố"


async def test_a_long_search_is_kept_whole_over_its_pages(talk: Talk) -> None:
    async with talk.at_work.db.transaction() as tx:
        for number in range(1, 11):
            title = f"Về {ABOUT} {'đợt một' if number < 9 else 'đợt hai'}"
            symbol = f"{number:02}-KH/TU"
            await directives.put(
                tx,
                {
                    "symbol": symbol, "folded": fold(symbol), "words": " ".join(words(title)),
                    "kind": "Kế hoạch", "title": title, "created_at": office(7),
                    "entered_by_id": talk.at_work.who["leader"].person_id,
                },
            )  # fmt: skip
    heard = await talk.say("leader", f"/vanban {ABOUT} đợt một")
    assert heard.text.startswith("Văn bản giao việc: 8\n")
    await talk.press("leader", "Sau ›", heard)
    shown = talk.heard("leader")[-1]
    assert shown.text.startswith("Văn bản giao việc: 8\n")
    assert [one for one in shown.buttons if "-KH/TU" in one] == ["02-KH/TU", "01-KH/TU"]
    await talk.press("leader", "‹ Trước", shown)
    assert "08-KH/TU" in talk.heard("leader")[-1].buttons
