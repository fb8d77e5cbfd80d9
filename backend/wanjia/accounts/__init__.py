"""Accounts of public money: double entry in fen, append-only; statements, reconciliation, exports."""
