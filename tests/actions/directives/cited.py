"""Documents that people enter and cite, and what they then see of them."""

from bot.actions.assigning import assign
from bot.actions.chat_places import Place
from bot.actions.directives import directives, enter_directive, entry, entry_lines
from bot.language.citations.directive_head import read_head
from bot.rules.rights import Standpoint
from storage.records import DocumentView, Draft, TaskView
from tests.actions.office import Staffed
from tests.rules.task import WORKDAYS, office

NOW = office(7, 9)
HEAD = "Thông báo 77-TB/TU ngày 20/11/2026 của Tỉnh ủy về phòng chống lụt bão, nhận 04/12, 3 việc"
CITES = "Theo Thông báo 77-TB/TU, "
OWN = f"{CITES}tôi soạn báo cáo, hạn 11/12"
TO_STAFF = f"{CITES}giao đồng chí Ân soạn phụ lục, hạn 11/12"
TO_OTHER = f"{CITES}giao đồng chí Quyên soạn phụ lục, hạn 11/12"
FOR_OTHER, FOR_STAFF = "Quyên lập danh sách, hạn 11/12", "Ân lập danh sách, hạn 11/12"


async def known(
    at_work: Staffed, by: str = "other_head", items: str = "", head: str = HEAD
) -> DocumentView:
    """Enter a document with tasks; return it as who entered it sees it."""
    here, who = at_work.office, at_work.who[by]
    sources = [entry.Source(text=one.text, at=NOW) for one in entry_lines.split(items)[1]]
    read = read_head(head, NOW, WORKDAYS)
    draft = await enter_directive.begin(
        here, who, Place(1), read, None, sources, NOW, at_work.update()
    )
    made = await enter_directive.confirm(here, who, draft.id, draft.version, NOW, at_work.update())
    return await directives.document(here, who, made.document_id)


async def drafted(at_work: Staffed, who: Standpoint, said: str) -> Draft:
    readings = await assign.read_all(at_work.office, who, said, NOW)
    [draft] = await assign.begin(at_work.office, who, Place(1), readings, NOW, at_work.update())
    return draft


async def pressed(at_work: Staffed, who: Standpoint, draft: Draft) -> TaskView:
    return await assign.confirm(
        at_work.office, who, draft.id, draft.version, None, NOW, at_work.update()
    )


async def cited(at_work: Staffed, by: str | Standpoint, said: str) -> TaskView:
    """Assign by a sentence."""
    who = at_work.who[by] if isinstance(by, str) else by
    return await pressed(at_work, who, await drafted(at_work, who, said))


async def sees(at_work: Staffed, who: str | Standpoint) -> list[int]:
    """Return the documents that somebody finds."""
    one = at_work.who[who] if isinstance(who, str) else who
    return [found.id for found in (await directives.listed(at_work.office, one, NOW)).documents]


async def entered(at_work: Staffed, who: str, number: int) -> int:
    """Return how many tasks of a document were entered, as somebody is told."""
    return (await directives.document(at_work.office, at_work.who[who], number)).entered
