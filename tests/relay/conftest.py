"""The pipeline's world."""

from open_world_fixtures import prepared, world

__all__ = ["prepared", "world"]
