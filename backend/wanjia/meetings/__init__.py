"""Convening, motions, notices, documents and results of owners' meetings (业主大会)."""
