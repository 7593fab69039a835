"""Many documents read side by side, each in a process that may be killed, and what became of them in one table."""
