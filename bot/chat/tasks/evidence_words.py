"""The product of a task and the evidence it needs, in the words of cards and buttons."""

from bot.chat.directives.citation_words import cited
from bot.folding import fold
from storage.records import Evidence, TaskView

CHOICES: dict[str, str] = {
    Evidence.ANY: "Nội dung hoặc tệp",
    Evidence.FILE: "Phải có tệp",
    Evidence.SYMBOL: "Phải có số, ký hiệu",
}
"""The kinds of evidence that can be required, as labels of buttons."""
OTHER = "Khác"
REQUIRED = {Evidence.FILE: "nộp kèm tệp", Evidence.SYMBOL: "nộp kèm số, ngày, nơi nhận"}


def wanted(title: str, product: str | None, evidence: Evidence) -> list[str]:
    """Return the line that says what is to be handed in; no line where the title already says it.

    The product "Khác" (another product) is left out: it tells the reader nothing.
    """
    named = product if product and product != OTHER and fold(product) not in fold(title) else None
    said = ", ".join(filter(None, [named, REQUIRED.get(evidence)]))
    return [f"Sản phẩm: {said}"] if said else []


def given(task: TaskView) -> str | None:
    """Return the evidence that came with a result; None where there is none."""
    if task.evidence_symbol is None or task.submitted_at is None:
        return None
    receiver = f", gửi {task.evidence_to}" if task.evidence_to else ""
    return cited(task.evidence_symbol, task.evidence_on) + receiver
