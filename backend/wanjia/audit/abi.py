"""Events, views and calls as docs/protocol.md writes them, decoded without anybody's compiled ABI."""

from dataclasses import dataclass
from typing import Any

from eth_abi.abi import decode, encode
from eth_utils.crypto import keccak

from wanjia.audit.calldata import Unreadable, read

WEIGHT = "(uint64,uint32)"
RULES = "(bytes32,uint32,uint32,uint32,uint32)"
MOTION = "(uint8,uint8,uint8,bytes32)"
CONVENING = f"(bytes32,{MOTION}[],bytes32[],uint64,uint64,{RULES})"
MOTION_RESULT = f"({WEIGHT},{WEIGHT},bool)"
DECISION = f"(bool,bool,bool,{WEIGHT},{WEIGHT},{WEIGHT},{WEIGHT})"
SUMMARY = f"(uint8,bytes32,uint64,uint64,uint64,uint64,uint64,uint64,uint64,uint32,uint8,bytes32,{WEIGHT},{WEIGHT},{RULES})"
FORWARD_REQUEST = "(address,address,uint256,uint256,uint48,bytes,bytes)"


class Malformed(Exception):
    """Bytes that are not what the protocol says."""


@dataclass(frozen=True, slots=True)
class EventType:
    """One event: fields as (name, type), the first ``indexed`` of them in topics."""

    name: str
    indexed: int
    fields: tuple[tuple[str, str], ...]

    @property
    def topic(self) -> str:
        """First topic of every log of this event."""
        return "0x" + keccak(text=f"{self.name}({','.join(kind for _, kind in self.fields)})").hex()

    def read(self, topics: list[bytes], data: bytes) -> dict[str, Any]:
        """Decode a log. Raises ``Malformed`` for bytes that do not fit or that nothing would have written so."""
        if len(topics) != 1 + self.indexed:
            raise Malformed(f"{self.name}: {len(topics)} topics")
        kinds = [kind for _, kind in self.fields]
        values = [unpack([kind], topic)[0] for kind, topic in zip(kinds, topics[1:], strict=False)]
        values += unpack(kinds[self.indexed :], data)
        return {name: value for (name, _), value in zip(self.fields, values, strict=True)}


def _event(declaration: str, *, indexed: int) -> EventType:
    name, _, inside = declaration.removesuffix(")").partition("(")
    pairs = [part.split() for part in inside.split(", ")]
    return EventType(name, indexed, tuple((field, kind) for kind, field in pairs))


_ROLE = "bytes32 role, address account"
_MEETING = "uint256 meeting"
_RUN = f"{_MEETING}, uint32 run"
EVENTS = {
    event.topic: event
    for event in (
        _event(
            "CommunityCreated(bytes32 community, address registry, address openMeeting, address secretMeeting, "
            "address trusteeBoard, address notary, address operator, address committee, address supervisor)",
            indexed=0,
        ),
        _event(f"RoleGranted({_ROLE}, address sender)", indexed=3),
        _event(f"RoleRevoked({_ROLE}, address sender)", indexed=3),
        _event("RoleAdminChanged(bytes32 role, bytes32 previous, bytes32 admin)", indexed=3),
        _event(f"RoleProposed({_ROLE}, bool grant, address by)", indexed=2),
        _event("Initialized(uint64 version)", indexed=0),
        _event(
            "OwnerRegistered(uint32 voter, address key, bytes32 evidence, bytes32 r, bytes32 vs)", indexed=1
        ),
        _event("RegistrationSkipped(uint32 voter, address key, uint8 reason)", indexed=1),
        _event(
            "KeyChangeRequested(uint32 voter, address newKey, bytes32 evidence, bytes32 r, bytes32 vs)",
            indexed=1,
        ),
        _event("KeyChangeApproved(uint32 voter, address newKey, uint64 effectiveAt)", indexed=1),
        _event("KeyChangeVetoed(uint32 voter, address newKey)", indexed=1),
        _event("KeyChangeCancelled(uint32 voter, address newKey)", indexed=1),
        _event("KeyChanged(uint32 voter, address oldKey, address newKey)", indexed=1),
        _event(
            f"MeetingConvened({_MEETING}, bytes32 conveneHash, address by, {CONVENING} convening)", indexed=1
        ),
        _event(f"ConsentGiven({_MEETING}, address by)", indexed=1),
        _event(
            f"RollPublished({_MEETING}, uint32 firstWord, uint256[] words, uint64 areaTotal, uint32 headsTotal, "
            "bytes32 digest)",
            indexed=1,
        ),
        _event(
            f"RollSealed({_MEETING}, bytes32 digest, uint64 areaTotal, uint32 headsTotal, address by)",
            indexed=1,
        ),
        _event(f"MeetingExtended({_MEETING}, uint64 closesAt, bytes32 reasonHash, address by)", indexed=1),
        _event(f"BallotSkipped({_MEETING}, uint256 position, uint32 voter, uint8 reason)", indexed=1),
        _event(f"BallotsCast({_MEETING}, bytes records)", indexed=1),
        _event(
            f"ResultDeclared({_MEETING}, {WEIGHT} total, {WEIGHT} part, bool quorum, {MOTION_RESULT}[] results, "
            "uint64 objectionsEndAt)",
            indexed=1,
        ),
        _event(
            f"ObjectionRaised({_MEETING}, uint256 objection, uint32 voter, bytes32 contentHash)", indexed=1
        ),
        _event(
            f"ObjectionAnswered({_MEETING}, uint256 objection, bytes32 answerHash, address by)", indexed=1
        ),
        _event(f"ResultFinal({_MEETING})", indexed=1),
        _event(f"MeetingVoided({_MEETING}, bytes32 reasonHash, address by)", indexed=1),
        _event("Anchored(bytes32 root, bytes32 subject, address by)", indexed=2),
        _event(
            f"KeysAdopted({_MEETING}, bytes32 context, bytes32 trusteeSetHash, uint8 threshold, uint8 trustees, "
            "uint256[2] keyFor, uint256[2] keyAgainst)",
            indexed=1,
        ),
        _event(f"BallotsSealed({_MEETING}, bytes32 sealHash)", indexed=1),
        _event(
            f"TrusteesProposed({_MEETING}, address[] accounts, uint8 threshold, bytes32 trusteeSetHash)",
            indexed=1,
        ),
        _event(f"TrusteesConfirmed({_RUN}, bytes32 trusteeSetHash, address by)", indexed=1),
        _event(
            f"KeysCommitted({_RUN}, uint8 trustee, bytes32 commitment, uint256[2] encryptionKey)", indexed=1
        ),
        _event(f"KeysRevealed({_RUN}, uint8 trustee, uint256[] coefficients, uint256[4] proofs)", indexed=1),
        _event(f"SharesDealt({_RUN}, uint8 trustee, bytes shares)", indexed=1),
        _event(f"KeysApproved({_RUN}, uint8 trustee, bytes32 transcript)", indexed=1),
        _event(
            f"KeysCompleted({_RUN}, uint256[2] keyFor, uint256[2] keyAgainst, bytes32 transcript)", indexed=1
        ),
        _event(f"KeysRestarted({_RUN}, address by, uint8 against, bytes32 reasonHash)", indexed=1),
        _event(
            f"SharesPosted({_MEETING}, uint8 stage, uint8 trustee, uint16 first, uint256[] words)", indexed=1
        ),
        _event(
            f"SumsOpened({_MEETING}, uint8 stage, uint16 first, uint8[] trustees, uint64[] values)", indexed=1
        ),
    )
}
"""Event types by first topic."""


@dataclass(frozen=True, slots=True)
class Call:
    """One function of a contract: how it is called and what it answers."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...] = ()

    @property
    def selector(self) -> bytes:
        """First four bytes of a call."""
        return bytes(keccak(text=f"{self.name}({','.join(self.inputs)})")[:4])

    def ask(self, *values: Any) -> str:
        """Call data as hexadecimal text."""
        return "0x" + (self.selector + encode(list(self.inputs), list(values))).hex()

    def arguments(self, data: bytes) -> tuple[Any, ...]:
        """Read call data. Raises ``Malformed`` for another function or for bytes that do not fit.

        As lenient as a contract: whoever casts may encode as nobody else does, and must not spoil an audit by it.
        """
        if data[:4] != self.selector:
            raise Malformed(f"not a call of {self.name}")
        try:
            return tuple(read(list(self.inputs), data[4:]))
        except Unreadable as error:
            raise Malformed(f"{self.name}: {error}") from error

    def answer(self, value: Any) -> tuple[Any, ...]:
        """Read an answer. Raises ``Malformed`` when there is none or it does not fit."""
        return tuple(unpack(list(self.outputs), raw(value)))


FACTORY = Call("factory", (), ("address",))
OPEN_MEETING = Call("openMeeting", (), ("address",))
SECRET_MEETING = Call("secretMeeting", (), ("address",))
TRUSTEE_BOARD = Call("trusteeBoard", (), ("address",))
NOTARY = Call("notary", (), ("address",))
REGISTRY = Call("registry", (), ("address",))
TRUSTED_FORWARDER = Call("trustedForwarder", (), ("address",))
COMMUNITY = Call("community", (), ("bytes32",))
KEY_CHANGE_OF = Call("keyChangeOf", ("uint32",), ("address", "uint64"))
KEYS_OF = Call("keysOf", ("bytes",), ("address[]",))
MEETING_COUNT = Call("meetingCount", (), ("uint256",))
MEETING_CONTRACT_OF = Call("meetingContractOf", ("uint256",), ("address",))
SUMMARY_OF = Call("summaryOf", ("uint256",), (SUMMARY,))
MOTION_OF = Call("motionOf", ("uint256", "uint256"), (MOTION,))
DECISION_OF = Call("decisionOf", ("uint256", "uint256"), (DECISION,))
CONTEXT_OF = Call("contextOf", ("uint256",), ("bytes32",))
SEAL_HASH_OF = Call("sealHashOf", ("uint256",), ("bytes32",))
ROUNDING_OF = Call("roundingOf", ("uint256",), ("uint64", "uint64"))
AGGREGATE_OF = Call("aggregateOf", ("uint256", "uint256", "uint256"), ("uint256[6]",))
INTERVAL_OF = Call("intervalOf", ("uint256", "uint256"), ("(uint64,uint64)", "(uint64,uint64)"))
BOARD_KEYS_OF = Call("keysOf", ("uint256",), ("bytes32", "uint8", "uint8", "uint256[4]"))
SHARE_KEY_OF = Call("shareKeyOf", ("uint256", "uint8", "uint8"), ("uint256[2]",))
COMMIT_KEYS = Call("commitKeys", ("uint256", "uint32", "bytes32", "uint256[2]", "uint256", "uint256"))
CAST = Call("cast", ("uint256", "bytes"))
CONSENT = Call("consent", ("uint256", "bytes32"))
RAISE_OBJECTION = Call("raiseObjection", ("uint256", "uint32", "bytes32", "bytes32", "bytes32"))
EXECUTE = Call("execute", (FORWARD_REQUEST,))
EXECUTE_BATCH = Call("executeBatch", (f"{FORWARD_REQUEST}[]", "address"))


def unpack(kinds: list[str], data: bytes) -> list[Any]:
    """Decode ABI values. Raises ``Malformed`` unless encoding them again gives the same bytes."""
    try:
        values = list(decode(kinds, data))
    except Exception as error:
        # eth_abi raises errors of many families on hostile bytes; all mean the same here
        raise Malformed(f"not ABI data ({type(error).__name__})") from error
    if encode(kinds, values) != data:
        raise Malformed("not the ABI encoding of anything")
    return values


def raw(value: Any) -> bytes:
    """Bytes of ``0x`` text. Raises ``Malformed`` for anything else."""
    if not isinstance(value, str) or not value.startswith("0x"):
        raise Malformed("no hexadecimal text")
    try:
        return bytes.fromhex(value[2:])
    except ValueError as error:
        raise Malformed("no hexadecimal text") from error


def number(value: Any) -> int:
    """Integer of ``0x`` text. Raises ``Malformed`` for anything else."""
    if isinstance(value, str) and value.startswith("0x"):
        try:
            return int(value, 16)
        except ValueError:
            pass
    raise Malformed("no hexadecimal number")
