"""Which moment of a sentence is the deadline."""
