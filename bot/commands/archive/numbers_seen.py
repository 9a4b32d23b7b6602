"""A set of numbers that needs little memory, because rows are numbered one after the other."""

_BITS = 1024


class NumbersSeen:
    """A set of numbers from 0 on. Numbers close together share one block of bits."""

    def __init__(self) -> None:
        self._blocks: dict[int, int] = {}

    def add(self, number: int) -> bool:
        """Add a number. Return False if it was added before."""
        block, bit = divmod(number, _BITS)
        known = self._blocks.get(block, 0)
        self._blocks[block] = known | 1 << bit
        return not known >> bit & 1

    def __contains__(self, number: int) -> bool:
        block, bit = divmod(number, _BITS)
        return bool(self._blocks.get(block, 0) >> bit & 1)
