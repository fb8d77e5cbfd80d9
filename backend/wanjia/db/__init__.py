"""Base, engines, unit of work and the tables every package shares."""
