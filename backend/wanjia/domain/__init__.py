"""Counting, matters, decisions, states and error codes: pure, standard library only."""
