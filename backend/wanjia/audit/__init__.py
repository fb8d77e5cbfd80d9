"""Recounts a meeting from the chain alone; imports the domain and chain reading only."""
