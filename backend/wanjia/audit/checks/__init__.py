"""The checks of docs/protocol.md, in the order of its table; one file a subject."""

from collections.abc import Callable

from wanjia.audit.case import Case
from wanjia.audit.checks import (
    ballots,
    chain,
    contracts,
    decision,
    meeting,
    registry,
    result,
    roles,
    roll,
    tally,
)
from wanjia.audit.findings import Saw
from wanjia.audit.secret import decryption, sums, trustees

Check = Callable[[Case, Saw], None]

CHECKS: dict[str, Check] = {
    "chain.continuity": chain.continuity,
    "contracts.links": contracts.links,
    "contracts.code": contracts.code,
    "roles.separation": roles.separation,
    "registry.possession": registry.possession,
    "registry.unique-key": registry.unique_key,
    "registry.key-change": registry.key_change,
    "meeting.convene-hash": meeting.convene_hash,
    "meeting.lifecycle": meeting.lifecycle,
    "roll.sum": roll.sums,
    "roll.digest": roll.digest,
    "roll.period": roll.period,
    "ballot.calldata": ballots.calldata,
    "ballot.window": ballots.window,
    "ballot.signature": ballots.signature,
    "ballot.registered": ballots.registered,
    "ballot.on-roll": ballots.on_roll,
    "ballot.once": ballots.once,
    "ballot.choice": ballots.choice,
    "ballot.cap": ballots.cap,
    "ballot.skips": ballots.skips,
    "tally.participation": tally.participation,
    "tally.motions": tally.motions,
    "decision.quorum": decision.quorum,
    "decision.motions": decision.motions,
    "result.declared": result.declared,
    "objections.answered": result.objections,
}
"""Every check by its id."""

SECRET_CHECKS: dict[str, Check] = {
    "ballot.fresh": sums.fresh,
    "keys.trustees": trustees.trustees,
    "keys.ceremony": trustees.ceremony,
    "keys.context": trustees.context,
    "tally.electorate": sums.electorate,
    "tally.sums": sums.sums,
    "tally.seal": sums.seal,
    "tally.shares": decryption.shares,
    "tally.opened": decryption.opening,
}
"""What is checked besides where a meeting is secret (docs/secret-ballots.md)."""
