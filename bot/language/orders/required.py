"""What a task says about its end: who decides (cấp quyết), and what must be handed in with the result."""

from dataclasses import dataclass

from bot.language.deadline.clause_position import clause_end, clause_start
from bot.language.names.naming import name_person
from bot.language.names.roster import Roster
from bot.language.readings import Proof, Span
from bot.language.text.words import Phrases, Sentence, any_of

_DECIDES = any_of(
    "cấp quyết|cấp quyết định|cấp giải quyết|cấp có thẩm quyền|người quyết|người quyết định|"
    "cấp quyết :|cấp quyết định :|cấp quyết là|cấp quyết định là|người quyết định là|cấp giải quyết :"
)
_PROOF = Phrases(
    {
        Proof.FILE: "nộp kèm tệp|nộp kèm file|phải nộp kèm tệp|nộp kèm tệp minh chứng|phải có tệp|"
        "phải có tệp kèm|yêu cầu nộp kèm tệp|yêu cầu nộp kèm file|kết quả kèm tệp|có tệp kèm theo",
        Proof.SYMBOL: "nộp kèm số|nộp kèm số ký hiệu|nộp kèm số hiệu|phải có số ký hiệu|phải có số , ký hiệu|"
        "nộp kèm số , ký hiệu|nộp kèm số , ngày , nơi nhận",
    }
)


@dataclass(frozen=True, slots=True)
class RequiredFound:
    """The key of the decider and what must be handed in; each is None if it is not stated clearly.

    `spans` are the words that say so. `places` are the words of the decider, which name nobody else.
    """

    decider: int | None = None
    proof: Proof | None = None
    spans: tuple[Span, ...] = ()
    places: frozenset[int] = frozenset()


def find_required(sentence: Sentence, roster: Roster) -> RequiredFound:
    """Return what separate clauses require: "..., cấp quyết: đồng chí Lĩnh, nộp kèm tệp"."""
    decider, proof = _decider(sentence, roster), _proof(sentence)
    found = [one for one in (decider, proof) if one is not None]
    places = range(decider[1], decider[2]) if decider else ()
    return RequiredFound(
        decider[0] if decider else None,
        proof[0] if proof else None,
        tuple(sentence.span(start, after) for _, start, after in found),
        frozenset(places),
    )


def _decider(sentence: Sentence, roster: Roster) -> tuple[int, int, int] | None:
    for place in _DECIDES.places(sentence):
        said = _DECIDES.at(sentence.words, place)
        if said is None or not clause_start(sentence, place):
            continue
        named = name_person(sentence, said[1], roster, slot=True)
        if named and len(named.people) == 1 and clause_end(sentence, named.after):
            return named.people[0].key, place, named.after
    return None


def _proof(sentence: Sentence) -> tuple[Proof, int, int] | None:
    for place in _PROOF.places(sentence):
        said = _PROOF.at(sentence.words, place)
        if said and clause_start(sentence, place) and clause_end(sentence, said[1]):
            return said[0], place, said[1]
    return None
