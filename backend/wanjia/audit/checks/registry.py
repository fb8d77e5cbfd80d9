"""Owners' keys: proven, one owner each, changed only after a wait."""

from dataclasses import dataclass

from wanjia.audit.case import Case
from wanjia.audit.findings import Saw
from wanjia.audit.history import Event
from wanjia.audit.keys import Keys
from wanjia.audit.signatures import compact_signer, possession_digest

KEY_CHANGE_SECONDS = 48 * 3600
NO_KEY = "0x" + "00" * 20


def possession(case: Case, saw: Saw) -> None:
    """Every key registered or changed to signed its ``Possession``."""
    history = case.history
    digest = possession_digest(history.chain_id, history.contracts.registry)
    events = history.named("OwnerRegistered", "KeyChangeRequested")
    for event in events:
        key = event.args["key" if event.name == "OwnerRegistered" else "newKey"].lower()
        signed = compact_signer(
            digest(event.args["voter"], key, event.args["evidence"]), event.args["r"], event.args["vs"]
        )
        if signed != key:
            _blame(saw, event, "钥匙没有签名证明", "the key did not sign its possession")
    saw.note(f"{len(events)} 把钥匙的持有证明", f"{len(events)} proofs of possession")


def unique_key(case: Case, saw: Saw) -> None:
    """No key stands for two owners at once."""
    keys = Keys()
    for event in case.history.events:
        if keys.apply(event):
            key = keys.of[event.args["voter"]]
            if len(keys.voters_of(key)) > 1:
                _blame(saw, event, "这把钥匙已属于另一业主", "the key stands for another owner too")
    saw.note(
        f"{len(keys.of)} 户业主，{len(set(keys.of.values()))} 把钥匙",
        f"{len(keys.of)} owners, {len(set(keys.of.values()))} keys",
    )


@dataclass(slots=True)
class _Change:
    new_key: str
    effective_at: int | None = None


def key_change(case: Case, saw: Saw) -> None:
    """Every change of key was requested, approved, waited 48 h and was not vetoed; the registry says the same now."""
    changes = _Changes(saw)
    for event in case.history.events:
        changes.take(event)
    for voter in case.keys_now:
        if case.keys_now.get(voter) != changes.keys.of.get(voter, NO_KEY):
            saw.fault(
                f"业主 {voter} 的现有钥匙与记录不同", f"the registry has another key of voter {voter} now"
            )
    for voter in sorted({event.args["voter"] for event in case.history.named("KeyChangeRequested")}):
        change = changes.pending.get(voter, _Change(NO_KEY))
        if case.changes_now.get(voter) != (change.new_key, change.effective_at or 0):
            saw.fault(
                f"业主 {voter} 待办的换钥匙与记录不同",
                f"the registry has another change of voter {voter} under way",
            )
    done, pending = changes.done, len(changes.pending)
    saw.note(f"{done} 次换钥匙，{pending} 次未完成", f"{done} changes of key, {pending} under way")


class _Changes:
    """Follows every change of key from its request to its end."""

    def __init__(self, saw: Saw) -> None:
        self.keys = Keys()
        self.pending: dict[int, _Change] = {}
        self.done = 0
        self._saw = saw

    def take(self, event: Event) -> None:
        """Judge one event by those before it."""
        voter = event.args.get("voter", 0)
        match event.name:
            case "OwnerRegistered" if voter in self.keys.of:
                _blame(
                    self._saw, event, "已登记的业主被再次登记", "an owner who has a key was registered again"
                )
            case "KeyChangeRequested":
                if voter in self.pending or voter not in self.keys.of:
                    _blame(self._saw, event, "申请不合次序", "the request is out of order")
                self.pending[voter] = _Change(event.args["newKey"].lower())
            case "KeyChangeApproved":
                _approve(self._saw, event, self.pending.get(voter))
            case "KeyChangeVetoed" | "KeyChangeCancelled":
                change = self.pending.pop(voter, None)
                if change is None or change.new_key != event.args["newKey"].lower():
                    _blame(self._saw, event, "没有可撤销的变更", "there is no such change to stop")
            case "KeyChanged":
                self.done += 1
                _complete(self._saw, event, self.pending.pop(voter, None), self.keys.of.get(voter))
        self.keys.apply(event)


def _approve(saw: Saw, event: Event, change: _Change | None) -> None:
    if change is None or change.effective_at is not None or change.new_key != event.args["newKey"].lower():
        _blame(saw, event, "批准的不是所申请的变更", "another change than the one requested was approved")
        return
    change.effective_at = event.args["effectiveAt"]
    if event.args["effectiveAt"] != event.time + KEY_CHANGE_SECONDS:
        _blame(saw, event, "生效时间不是批准后 48 小时", "it takes effect at another time than 48 h later")


def _complete(saw: Saw, event: Event, change: _Change | None, old_key: str | None) -> None:
    if change is None or change.new_key != event.args["newKey"].lower():
        _blame(saw, event, "钥匙变更未经申请，或已被否决", "nobody requested this change, or it was stopped")
    elif change.effective_at is None or event.time < change.effective_at:
        _blame(saw, event, "未批准或未满 48 小时", "it was not approved, or the 48 h had not run out")
    if old_key != event.args["oldKey"].lower():
        _blame(saw, event, "旧钥匙不符", "the old key is another")


def _blame(saw: Saw, event: Event, zh: str, en: str) -> None:
    where = f"{event.block}/{event.position}"
    voter = event.args["voter"]
    saw.fault(f"{event.name} {where} 业主 {voter}：{zh}", f"{event.name} {where}, voter {voter}: {en}")
