"""What an operator types: a file for each group of commands, and what they do at a terminal."""
