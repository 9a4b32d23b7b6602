"""Whatever people and units are called, their names are indexed and sentences are read."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.names.people import Roster, RosterPerson, RosterUnit, read_people
from bot.language.orders.assignment import read
from tests.language.office import WORKDAYS
from tests.rules.task import office as moment

PIECES = (
    "phòng", "Ban", "văn phòng", "cơ quan", "đảng ủy", "phường", "xã", "đảng", "ủy ban kiểm tra",
    "-", "–", "(VP)", "(", ")", ">", "&", ",", ".", "@", "12", "TH", "\u0301", "İ", "ß", "\u00a0",
)  # fmt: skip
names = st.text(max_size=12) | st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(name=names, alias=names, text=st.text(max_size=40))
@example(name="(VP)", alias="", text="")
@example(name="", alias="", text="")
@example(name="phòng -", alias="-", text="các phòng")
def test_any_names_are_indexed_and_any_sentence_read(name: str, alias: str, text: str) -> None:
    roster = Roster(
        (RosterPerson(1, name, alias, name, username=alias, aliases=(alias,), unit_key=1),),
        (RosterUnit(1, name, (alias,)), RosterUnit(2, alias, (name,), name)),
    )
    for said in (text, f"Giao {name} {text}", f"Giao đồng chí {alias} của {name} soạn báo cáo"):
        read(said, roster, moment(7), WORKDAYS, speaker=1)
        read_people(said, roster, speaker=1)


@pytest.mark.parametrize("name", ["(VP)", "", "()", "(Phòng) (Ban)"])
def test_a_unit_whose_name_is_no_word_leaves_the_others_named(name: str) -> None:
    roster = Roster(units=(RosterUnit(1, name), RosterUnit(2, "Phòng Tổng hợp")))
    found = read_people("Giao phòng TH soạn báo cáo", roster)
    assert [unit.key for unit in found.units] == [2]
