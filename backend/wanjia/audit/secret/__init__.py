"""The audit of secret meetings (docs/secret-ballots.md): ballots, keys, sums, what was opened."""
