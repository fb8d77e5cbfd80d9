"""Ballots and officials' acts go to the chain: persisted transactions, nonces, batches."""
