"""A sample community: real buildings, invented owners."""
