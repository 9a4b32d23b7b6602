"""Citations of papers in a sentence."""
