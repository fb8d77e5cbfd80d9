"""Which contract calls officials of each role may have relayed; everything else is refused."""

from types import MappingProxyType
from typing import Final

from wanjia.chain.contracts import interface
from wanjia.chain.interface import SELECTOR_BYTES
from wanjia.db.community import Community
from wanjia.domain.errors import Refusal

MEETING, REGISTRY, NOTARY = "OpenMeeting", "OwnerRegistry", "Notary"
SECRET_MEETING, BOARD = "SecretMeeting", "TrusteeBoard"

CALLS: Final = MappingProxyType(
    {
        "committee": frozenset(
            {
                (MEETING, "convene"),
                (MEETING, "publishRoll"),
                (MEETING, "extend"),
                (SECRET_MEETING, "convene"),
                (SECRET_MEETING, "publishRoll"),
                (SECRET_MEETING, "extend"),
                (BOARD, "proposeTrustees"),
                (REGISTRY, "proposeRole"),
                (REGISTRY, "confirmRole"),
                (NOTARY, "anchor"),
            }
        ),
        "supervisor": frozenset(
            {
                (MEETING, "consent"),
                (MEETING, "sealRoll"),
                (MEETING, "answerObjection"),
                (MEETING, "voidMeeting"),
                (SECRET_MEETING, "consent"),
                (SECRET_MEETING, "sealRoll"),
                (SECRET_MEETING, "answerObjection"),
                (SECRET_MEETING, "voidMeeting"),
                (BOARD, "confirmTrustees"),
                (BOARD, "restartKeys"),
                (REGISTRY, "approveKeyChange"),
                (REGISTRY, "cancelKeyChange"),
                (REGISTRY, "proposeRole"),
                (REGISTRY, "confirmRole"),
                (NOTARY, "anchor"),
            }
        ),
    }
)


def allowed_call(role: str, community: Community, to: str, data: bytes) -> tuple[str, str]:
    """Name the contract and function of a call.

    Raises ``Refusal("ACT_NOT_ALLOWED")`` unless the role may make it.
    """
    contracts = {
        community.open_meeting_address.lower(): MEETING,
        community.registry_address.lower(): REGISTRY,
        community.notary_address.lower(): NOTARY,
        (community.secret_meeting_address or "").lower(): SECRET_MEETING,
        (community.trustee_board_address or "").lower(): BOARD,
    }
    contract = contracts.get(to.lower())
    for target, function in CALLS.get(role, frozenset()):
        if target == contract and data[:SELECTOR_BYTES] == interface(target).selector(function):
            return target, function
    raise Refusal("ACT_NOT_ALLOWED")
