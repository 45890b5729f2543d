"""Trains the second readers from labelled messages; nothing here is needed to read with them."""
