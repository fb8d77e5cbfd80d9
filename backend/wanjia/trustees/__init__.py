"""Trustees of secret meetings: their board as its events tell it, their acts, and what they decrypt."""
