"""What the published sums of a secret meeting could tell about single owners of its roll. Pure."""
