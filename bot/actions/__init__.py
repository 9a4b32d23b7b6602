"""Everything the program can do: one function, one transaction, one line of history."""
