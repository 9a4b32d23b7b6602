"""Which numbers have come, many at a small price: rows are numbered one after the other."""

_BITS = 1024


class NumbersSeen:
    """Numbers from 0 on; those that lie together share a place."""

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}

    def add(self, number: int) -> bool:
        """Note a number; False where it came before."""
        block, bit = divmod(number, _BITS)
        known = self._blocks.get(block, 0)
        self._blocks[block] = known | 1 << bit
        return not known >> bit & 1

    def __contains__(self, number: int) -> bool:
        block, bit = divmod(number, _BITS)
        return bool(self._blocks.get(block, 0) >> bit & 1)
