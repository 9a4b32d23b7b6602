"""The evidence that comes with a result: what the task requires, read from the words."""

from datetime import datetime

from bot.actions.files.file_store import Paper
from bot.actions.office import Office
from bot.language.orders.evidence import read_evidence
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.evidence import missing
from storage.engine.database import Transaction, Value
from storage.files import files
from storage.records import Evidence, TaskView


async def read(
    tx: Transaction,
    office: Office,
    who: Standpoint,
    task: TaskView,
    words: str,
    paper: Paper | None,
    now: datetime,
) -> dict[str, Value]:
    """Return the columns of the evidence in a result; refuses NO_EVIDENCE where some is lacking.

    Where the words name no receiver it went to whom the task says; a file its sender put to the
    task before is evidence as well. What a task does not require is kept where it is complete.
    """
    said = read_evidence(words, now, office.workdays)
    receiver = said.receiver or task.receiver
    lacks = missing(
        task.evidence,
        has_file=paper is not None or await _sent_before(tx, who, task),
        symbol=said.symbol,
        issued_on=said.issued_on,
        receiver=receiver,
    )
    if lacks:
        raise Refusal(No.NO_EVIDENCE, number=task.id, evidence=task.evidence, missing=lacks)
    whole = said.symbol is not None and said.issued_on is not None
    return {
        "evidence_symbol": said.symbol if whole else None,
        "evidence_on": said.issued_on.isoformat() if whole and said.issued_on else None,
        "evidence_to": receiver if whole else None,
    }


def names_paper(office: Office, words: str, now: datetime) -> bool:
    """Tell whether words name the paper a result went out as: "đã trình 90-BC/VPTU"."""
    return read_evidence(words, now, office.workdays).symbol is not None


async def _sent_before(tx: Transaction, who: Standpoint, task: TaskView) -> bool:
    if task.evidence is not Evidence.FILE or not task.files:
        return False
    return any(file.person_id in who.people for file in await files.of_task(tx, task.id))
