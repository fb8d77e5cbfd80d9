"""Talking to the chain: client, contracts, EIP-712, deployment."""
