"""The commands that an operator types: a file for each group, and files for their work at the terminal."""
