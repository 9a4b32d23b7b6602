"""What somebody hostile sends, played against the real program: each attack once held or lost what it must not."""
