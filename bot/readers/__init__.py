"""Files that people send, read in a process of their own: `door.py` is the only way in."""
