"""Reading what people send, and the limits of the process that does."""
