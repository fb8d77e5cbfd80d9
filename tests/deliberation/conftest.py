"""A small community whose residents speak."""

from town_fixtures import town

__all__ = ["town"]
