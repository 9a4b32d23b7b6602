"""A package's pages for people: plain HTML that needs only a browser and prints on A4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_STYLE = (
    "body{font:13pt/1.45 'Times New Roman',serif;margin:20mm 15mm 20mm 30mm;color:#000}"
    "h1{font-size:16pt}h2{font-size:14pt;margin:1.5em 0 .3em;border-top:1px solid #999;"
    "padding-top:.6em}h3{font-size:13pt;margin:.8em 0 .2em}table{border-collapse:collapse}"
    "td,th{border:1px solid #999;padding:2px 6px;text-align:left;vertical-align:top}"
    "p,ul{margin:.2em 0}.t{white-space:pre-wrap}section{break-inside:avoid-page}"
    "@media(max-width:600px){body{margin:4mm}}@media print{body{margin:0}}"
)


@dataclass(frozen=True)
class FileLine:
    """A file of a task; `path` is None where its bytes were lost before the package was made."""

    name: str
    path: str | None
    size: str


@dataclass(frozen=True)
class Sheet:
    """A task as people read it.

    `facts` and `texts` are pairs of label and words; `history` is HTML, one item a line.
    """

    number: int
    title: str
    state: str
    facts: Sequence[tuple[str, str]]
    texts: Sequence[tuple[str, str]]
    files: Sequence[FileLine]
    history: Sequence[str]


def page(heading: str, body: str) -> str:
    """Return a whole page."""
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(heading)}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{escape(heading)}</h1>{body}</body></html>\n"
    )


def sheets(heading: str, shown: Iterable[Sheet]) -> str:
    """Return the page with some tasks, one after the other; its links lead to the package's files."""
    back = '<p><a href="../index.html">‹ Mục lục</a></p>'
    return page(heading, back + "".join(map(_sheet, shown)))


def _sheet(one: Sheet) -> str:
    facts = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(words)}</td></tr>" for label, words in one.facts
    )
    texts = "".join(
        f'<h3>{escape(label)}</h3><p class="t">{escape(words)}</p>' for label, words in one.texts
    )
    files = "".join(f"<li>{_file(file)}</li>" for file in one.files)
    history = "".join(f'<li class="t">{line}</li>' for line in one.history)
    return (
        f'<section id="viec-{one.number}"><h2>Việc số {one.number}: {escape(one.title)}</h2>'
        f"<p>{escape(one.state)}</p><table>{facts}</table>{texts}"
        + (f"<h3>Tệp</h3><ul>{files}</ul>" if files else "")
        + f"<h3>Quá trình</h3><ul>{history}</ul></section>"
    )


def _file(one: FileLine) -> str:
    if one.path is None:
        return f"{escape(one.name)} (không còn nội dung khi lập gói)"
    return f'<a href="../{escape(one.path)}">{escape(one.name)}</a> ({one.size})'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its cells are HTML."""
    head = "".join(f"<th>{one}</th>" for one in headings)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
