"""What reading one file may take. The longest list, 20,000 rows of 15 columns, takes a quarter to a third of each."""

MAX_BYTES = 5_000_000

PROCESSES = 2
"""Files read at once; the next one waits."""
PLACE_SECONDS = 45.0
"""For a place; with what follows it is less than an update may take."""
WAIT_SECONDS = 60.0
"""From the start of the process to its whole answer."""
CPU_SECONDS = 40
MEMORY_BYTES = 320 * 1024**2
"""Of addresses, not of memory in use: the interpreter and its libraries have a fifth of it."""
ANSWER_BYTES = 32 * 1024**2
OPEN_FILES = 64
