"""Deliberation (议事): residents raise concerns, the grid settles them, common ones are answered in public."""
