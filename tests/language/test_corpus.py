"""Every sentence of the corpus is read as it was meant."""

import pytest

from tests.language.corpus import LEARNT_FROM, STYLES, Row, mistakes, read_row, rows
from tests.language.office import demo_office

ROSTER = demo_office()
ALL = [row for style in STYLES for row in rows(style)]
LEARNT = [row for style in LEARNT_FROM for row in rows(style)]


@pytest.mark.parametrize("row", [*ALL, *LEARNT], ids=lambda row: f"{row.style}-{row.line}")
def test_a_sentence_is_read_as_it_was_meant(row: Row) -> None:
    assert mistakes(row, read_row(row, ROSTER), ROSTER) == {}


def test_the_corpus_has_its_shares() -> None:
    count = {style: sum(row.style == style for row in ALL) for style in STYLES}
    total = len(ALL)
    assert total >= 400
    assert count["unaccented"] / total >= 0.29
    assert count["abbreviated"] / total >= 0.14
    assert count["distracting"] / total >= 0.14
    assert count["nothing"] / total >= 0.05
