"""Every sentence of the corpus is read as it was meant; those that are not are named by their lines."""

import pytest

from tests.language.corpus import LEARNT_FROM, STYLES, mistakes, read_row, rows
from tests.language.office import demo_office

ROSTER = demo_office()
ALL = [row for style in STYLES for row in rows(style)]


@pytest.mark.parametrize("style", [*STYLES, *LEARNT_FROM])
def test_sentences_are_read_as_they_were_meant(style: str) -> None:
    told = [(row, mistakes(row, read_row(row, ROSTER), ROSTER)) for row in rows(style)]
    assert told
    assert [(row.line, row.text, wrong) for row, wrong in told if wrong] == []


def test_the_corpus_has_its_shares() -> None:
    count = {style: sum(row.style == style for row in ALL) for style in STYLES}
    total = len(ALL)
    assert total >= 400
    assert count["unaccented"] / total >= 0.29
    assert count["abbreviated"] / total >= 0.14
    assert count["distracting"] / total >= 0.14
    assert count["nothing"] / total >= 0.05
