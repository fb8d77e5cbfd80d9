"""How often one address may ask. The limits that guard codes and accounts are in the database; these spare work.

Many owners share an address (a phone network, a neighbourhood's Wi-Fi), so the limits are generous.
Ballots have none: each carries a signature, and at the close a whole community may come from one address.
"""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

LIMITS = {
    "identity.open_claim": "60/minute;600/hour",
    "identity.send_code": "30/minute",
    "identity.enter_code": "120/minute",
    "identity.read_claim": "240/minute",
    "identity.ask_review": "10/minute;60/hour",
    "owner.veto_key_change": "30/minute",
    "staff.login": "30/minute",
    "codes.sign_code": "120/minute;1200/hour",
    "codes.open_ballot": "30/minute;200/hour",
    "codes.read_opened": "240/minute",
    "rpc.read_chain": "600/minute",
    "trustees.prepare_trustee_act": "120/minute",
    "trustees.read_board": "600/minute",
    "trustee_seats.read_invitation": "120/minute",
    "trustee_seats.take_seat": "60/minute",
    "household.read_invitation": "120/minute",
    "household.join_household": "60/minute",
    "concerns.raise_concern": "60/minute",
    "concerns.find_similar": "240/minute",
}


def limit_addresses(app: Flask) -> None:
    """Put the limits on their endpoints."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    for endpoint, limit in LIMITS.items():
        app.view_functions[endpoint] = limiter.limit(limit)(app.view_functions[endpoint])  # type: ignore[assignment]
