"""Which key speaks for which owner, event by event."""

from collections import defaultdict

from wanjia.audit.history import Event


class Keys:
    """Keys in force. Addresses are lower case."""

    def __init__(self) -> None:
        self.of: dict[int, str] = {}
        self.known: set[str] = set()
        """Every key that ever stood for somebody."""
        self._voters: defaultdict[str, set[int]] = defaultdict(set)

    def apply(self, event: Event) -> bool:
        """Follow a registration or a change; tells whether the event was one."""
        if event.name == "OwnerRegistered":
            self._put(event.args["voter"], event.args["key"].lower())
        elif event.name == "KeyChanged":
            self._put(event.args["voter"], event.args["newKey"].lower())
        else:
            return False
        return True

    def voters_of(self, key: str) -> frozenset[int]:
        """Owners a key stands for now."""
        return frozenset(self._voters.get(key, ()))

    def _put(self, voter: int, key: str) -> None:
        if (old := self.of.get(voter)) is not None:
            self._voters[old].discard(voter)
        self.of[voter] = key
        self.known.add(key)
        self._voters[key].add(voter)
