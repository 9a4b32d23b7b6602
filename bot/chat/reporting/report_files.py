"""The files and pictures of a report; the code that makes them is loaded only when it is needed."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.rules.reporting.overview import Overview
from bot.rules.reporting.reporting import Report


@dataclass(frozen=True)
class Form:
    """A kind of file that a report can be made as; `make` runs in a thread."""

    label: str
    ending: str
    make: Callable[[Report], bytes]


def _word(report: Report) -> bytes:
    from bot.renderers.reporting.report_paper import paper  # noqa: PLC0415 - slow to load, seldom needed
    from bot.renderers.reporting.word import word  # noqa: PLC0415

    return word(paper(report))


def _pdf(report: Report) -> bytes:
    from bot.renderers.reporting.pdf import pdf  # noqa: PLC0415 - slow to load, seldom needed
    from bot.renderers.reporting.report_paper import paper  # noqa: PLC0415

    return pdf(paper(report))


def _excel(report: Report) -> bytes:
    from bot.renderers.reporting.excel import excel  # noqa: PLC0415 - slow to load, seldom needed

    return excel(report)


def picture(report: Report) -> bytes:
    """Return a report's figures as a PNG."""
    from bot.renderers.reporting.report_chart import picture as drawn  # noqa: PLC0415 - slow to load

    return drawn(report)


def overview(found: Overview) -> bytes:
    """Return all the work as it stands as a PNG."""
    from bot.renderers.reporting.charts import png  # noqa: PLC0415 - slow to load
    from bot.renderers.reporting.report_chart import overview_chart  # noqa: PLC0415

    return png(overview_chart(found))


def load_soon() -> None:
    """Load the drawing code in a thread, while the person still looks for its button.

    It is not loaded at the start: it takes 49 MB, and all the rest takes 109.
    """
    asyncio.get_running_loop().run_in_executor(None, _load)


def _load() -> None:
    import bot.renderers.reporting.report_chart  # noqa: F401, PLC0415


FORMS = {
    "word": Form("Word", "docx", _word),
    "pdf": Form("PDF", "pdf", _pdf),
    "excel": Form("Excel", "xlsx", _excel),
}
