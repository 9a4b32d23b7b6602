"""What reading one file may take. A list of 20,000 rows takes a tenth of each."""

MAX_BYTES = 5_000_000

PROCESSES = 2
"""Files read at once; the next one waits."""
WAIT_SECONDS = 30.0
"""From the start of the process to its whole answer."""
CPU_SECONDS = 15
MEMORY_BYTES = 512 * 1024**2
"""Of addresses, not of memory in use: the interpreter and its libraries have a third of it."""
ANSWER_BYTES = 32 * 1024**2
OPEN_FILES = 64
