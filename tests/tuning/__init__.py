"""Tuning: the user's layer, dismissals, counts, effects."""
