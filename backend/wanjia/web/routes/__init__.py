"""Endpoints by subject. A view parses, calls one service and serialises."""
