"""Simulated officials and owners with real keys, who hold real meetings through the HTTP API."""
