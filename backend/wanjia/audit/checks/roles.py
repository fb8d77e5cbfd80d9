"""Officials' acts, each by an account that held the role at that moment."""

from collections import defaultdict

from eth_hash.auto import keccak

from wanjia.audit.abi import EXECUTE, EXECUTE_BATCH, Malformed
from wanjia.audit.case import Case
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event, History

OPERATOR, COMMITTEE, SUPERVISOR = (keccak(name) for name in (b"OPERATOR", b"COMMITTEE", b"SUPERVISOR"))
NAMES = {OPERATOR: "operator", COMMITTEE: "committee", SUPERVISOR: "supervisor"}
OFFICIALS = frozenset(NAMES)
BOTH_SIDES = frozenset({COMMITTEE, SUPERVISOR})

ACTS = {
    "OwnerRegistered": frozenset({OPERATOR}),
    "RegistrationSkipped": frozenset({OPERATOR}),
    "KeyChangeRequested": frozenset({OPERATOR}),
    "KeyChangeApproved": frozenset({SUPERVISOR}),
    "KeyChangeCancelled": frozenset({OPERATOR, SUPERVISOR}),
    "RoleProposed": BOTH_SIDES,
    "MeetingConvened": frozenset({COMMITTEE}),
    "ConsentGiven": frozenset({SUPERVISOR}),
    "RollPublished": frozenset({COMMITTEE}),
    "RollSealed": frozenset({SUPERVISOR}),
    "MeetingExtended": frozenset({COMMITTEE}),
    "ObjectionAnswered": frozenset({SUPERVISOR}),
    "MeetingVoided": frozenset({SUPERVISOR}),
    "Anchored": OFFICIALS,
    "TrusteesProposed": frozenset({COMMITTEE}),
    "TrusteesConfirmed": frozenset({SUPERVISOR}),
}
"""Who may do what."""


class Officials:
    """Roles in force, event by event."""

    def __init__(self, history: History, saw: Saw, created: Event | None) -> None:
        self.roles: defaultdict[str, set[bytes]] = defaultdict(set)
        self._history = history
        self._saw = saw
        self._created = created
        self._proposed: dict[tuple[bytes, str, bool], str] = {}

    def may(self, account: str, roles: frozenset[bytes]) -> bool:
        """Tell whether an account holds one of the roles now."""
        return bool(self.roles.get(account, set()) & roles)

    def follow(self, event: Event) -> None:
        """Take a proposal, a grant or a removal."""
        if event.name == "RoleProposed":
            change = (event.args["role"], event.args["account"].lower(), event.args["grant"])
            self._proposed[change] = event.args["by"].lower()
            return
        role, account = event.args["role"], event.args["account"].lower()
        grant = event.name == "RoleGranted"
        if role not in OFFICIALS:
            self._saw.fault(
                f"{account} 得到协议之外的角色", f"{account} was given a role the protocol does not know"
            )
        if not self._first(event, role, account) and not self._agreed(event, role, account, grant=grant):
            self._saw.fault(
                f"{account} 的角色变更没有双方同意", f"both sides did not agree on the role of {account}"
            )
        if not grant:
            self.roles[account].discard(role)
            return
        self.roles[account].add(role)
        if len(self.roles[account]) > 1:
            self._saw.fault(f"{account} 同时有两个角色", f"{account} holds two roles")

    def _first(self, event: Event, role: bytes, account: str) -> bool:
        """Tell whether this is one of the three grants with which the community was made."""
        made = self._created
        if made is None or event.transaction != made.transaction or event.name != "RoleGranted":
            return False
        return account == str(made.args.get(NAMES.get(role, ""), "")).lower()

    def _agreed(self, event: Event, role: bytes, account: str, *, grant: bool) -> bool:
        proposer = self._proposed.pop((role, account, grant), "")
        confirmer = event.args["sender"].lower()
        sides = (self.roles.get(proposer, set()) & BOTH_SIDES, self.roles.get(confirmer, set()) & BOTH_SIDES)
        seen = confirmer in callers(self._history, event) or hidden(self._history, event)
        return seen and all(sides) and sides[0] != sides[1]


def separation(case: Case, saw: Saw) -> None:
    """Every act of an official was by an account that held that role then; no account held two.

    Where another contract called, the event's word is taken for who acted: `contracts.code` says it can be.
    """
    history = case.history
    created = next(iter(history.created()), None)
    officials = Officials(history, saw, created)
    acts = unseen = 0
    for event in history.events:
        if event.name in ("RoleGranted", "RoleRevoked"):
            officials.follow(event)
            continue
        allowed = ACTS.get(event.name)
        if allowed is None:
            continue
        acts += 1
        by = event.args.get("by", "").lower()
        senders = callers(history, event)
        between = hidden(history, event)
        if by and by not in senders and not between:
            _blame(saw, event, "不是交易的发起人", "is not who sent the transaction", by)
        held = any(officials.may(account, allowed) for account in ({by} if by else senders))
        if not held and between and not by:
            unseen += 1
        elif not held:
            _blame(
                saw, event, "没有这个角色", "does not hold the role", by or ", ".join(sorted(senders)) or "?"
            )
        if event.name == "RoleProposed":
            officials.follow(event)
    accounts = sum(len(roles) for roles in officials.roles.values())
    saw.note(
        f"{acts} 次职务行为（{unseen} 次经其他合约，看不到账户），现有 {accounts} 个职务账户",
        f"{acts} acts of officials ({unseen} through other contracts, by accounts unseen), "
        f"{accounts} accounts in office now",
    )


def _blame(saw: Saw, event: Event, zh: str, en: str, account: str) -> None:
    where = f"{event.name} {event.block}/{event.position}"
    saw.fault(f"{where}：{account} {zh}", f"{where}: {account} {en}")


def callers(history: History, event: Event) -> frozenset[str]:
    """Accounts that called the event's contract in its transaction: the sender, or who signed a forwarded request.

    A transaction to neither (a contract wallet's) was called by the contract it went to.
    """
    transaction = history.transactions.get(event.transaction)
    if transaction is None:
        return frozenset()
    if transaction.to == event.contract:
        return frozenset({transaction.sender})
    if transaction.to == history.contracts.forwarder:
        return frozenset(sender for sender, to, _ in forwarded(transaction.data) if to == event.contract)
    return frozenset({transaction.to})


def hidden(history: History, event: Event) -> bool:
    """Tell whether another contract may have called the event's, so that the transaction does not show the call.

    Anyone can put one in between, before the forwarder or behind it, and bring what others signed.
    """
    contracts = history.contracts
    transaction = history.transactions.get(event.transaction)
    if transaction is None or transaction.to == event.contract:
        return False
    if transaction.to != contracts.forwarder:
        return True
    ours = contracts.clones.values()
    return any(to not in ours for _, to, _ in forwarded(transaction.data))


def forwarded(data: bytes) -> list[tuple[str, str, bytes]]:
    """Sender, target and call data of each request in a call of the forwarder."""
    for call in (EXECUTE, EXECUTE_BATCH):
        try:
            first = call.arguments(data)[0]
        except Malformed:
            continue
        requests = first if call is EXECUTE_BATCH else [first]
        return [(sender.lower(), to.lower(), inside) for sender, to, _, _, _, inside, _ in requests]
    return []
