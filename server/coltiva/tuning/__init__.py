"""Tuning the rules: the user's layer on disk, what a change would do, what was dismissed, how often rules fire."""
