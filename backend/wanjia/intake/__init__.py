"""Ballots come in: verify, store and receipt in one commit."""
