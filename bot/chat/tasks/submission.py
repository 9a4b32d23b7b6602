"""Handing in a result: ask for all that the task requires, then for what is still missing.

"Nộp kết quả" -> what is required -> words or a file --(something is missing)--> only that is asked for
"""

from bot.actions import dialogs
from bot.actions.files import attach_files
from bot.actions.tasks import answer
from bot.chat.files import papers
from bot.chat.sentences import sentence
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.tasks.evidence import Lack
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft, Evidence, Task

DONE = "Đã nộp kết quả."
_ASKS = {
    Evidence.ANY: (
        "Đồng chí gửi kết quả việc số {n}: gõ nội dung hoặc gửi tệp. "
        "Ví dụ: đã trình Tờ trình 12-TTr/VPTU ngày 10/12."
    ),
    Evidence.FILE: (
        "Đồng chí gửi kết quả việc số {n}. Việc này phải nộp kèm tệp, ví dụ: bao-cao.pdf."
    ),
    Evidence.SYMBOL: (
        "Đồng chí gửi kết quả việc số {n}. Việc này phải có số, ký hiệu, ngày và nơi nhận. "
        "Ví dụ: Tờ trình 12-TTr/VPTU ngày 10/12/2026, gửi Thường trực."
    ),
}


def question(draft: Draft) -> str:
    """Return the question: at first all that the task requires, later only what is still missing."""
    required = Evidence(draft.fields.get("evidence", Evidence.ANY))
    lacking = draft.fields.get("missing")
    if not lacking:
        return _ASKS[required]
    return sentence(Refusal(No.NO_EVIDENCE, evidence=required, missing=lacking))


async def answered(turn: Turn, draft: Draft, task_id: int) -> Task | None:
    """Hand in the words and the file; where something is missing, keep them, ask for the rest and return None."""
    sent = await papers.together(turn, turn.message)
    for one in sent[1:]:
        await attach_files.attach(turn.office, turn.who, task_id, one, turn.now, Move.SUBMIT)
    paper = sent[0] if sent else None
    words = _so_far(draft, turn.text)
    try:
        return await answer.submit(
            turn.office, turn.who, task_id, words, paper, turn.now, turn.key, draft
        )
    except Refusal as refusal:
        if refusal.kind is not No.NO_EVIDENCE:
            raise
        lacking = refusal.facts["missing"]
    if paper is not None:
        await attach_files.attach(turn.office, turn.who, task_id, paper, turn.now, Move.SUBMIT)
    known = {**draft.fields, "said": words, "missing": lacking}
    await dialogs.keep(turn.office, draft, known, turn.now, turn.key)
    return None


def _so_far(draft: Draft, text: str) -> str:
    """Return all words given so far for this result; where only the receiver was missing, the text is the receiver."""
    said, text = draft.fields.get("said", ""), text.strip()
    if draft.fields.get("missing") == [Lack.RECEIVER] and text:
        text = f"gửi {text}"
    return "\n".join(filter(None, [said, text]))
