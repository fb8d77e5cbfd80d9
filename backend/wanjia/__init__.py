"""Wanjia (万家): owners' meetings whose result anyone can check."""

__version__ = "0.1.0"
