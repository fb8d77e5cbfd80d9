"""WSB-1, the protocol of secret ballots (docs/secret-ballots.md): pure arithmetic, no chain, no database."""
