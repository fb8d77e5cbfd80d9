"""A small community with its staff."""

from town_fixtures import town

__all__ = ["town"]
