"""Changes of owners' keys: listed for staff; the operator's half of stopping one."""

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag

from wanjia.identity.key_change_list import KeyChangeLine, Proof
from wanjia.web.policy import staff
from wanjia.web.schemas.common import to_hex
from wanjia.web.schemas.people import (
    KeyChangeLineAnswer,
    KeyChangePath,
    KeyChangesAnswer,
    ProofAnswer,
    UnitName,
)
from wanjia.web.services import services

api = APIBlueprint(
    "key_changes", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="keys", description="更换密钥")]
)


@api.get("/key-changes", summary="Changes of owners' keys", responses={200: KeyChangesAnswer})
def list_key_changes() -> dict[str, Any]:
    """Each owner's latest change in the reader's communities. The supervisor approves with an act of their own."""
    now, lines = services().key_changes.read(staff())
    return KeyChangesAnswer(chain_time=now, changes=[_line(line) for line in lines]).model_dump()


@api.post("/communities/<slug>/key-changes/<int:voter>/cancel", summary="Cancel a change of key")
def cancel_key_change(path: KeyChangePath) -> Response:
    """Have the operator's key cancel a change that runs."""
    services().key_changes.cancel(staff(), path.slug, path.voter)
    return Response(status=204)


def _line(line: KeyChangeLine) -> KeyChangeLineAnswer:
    change, proof = line.change, line.proof
    return KeyChangeLineAnswer(
        community=line.community,
        voter=line.voter,
        units=[UnitName(building=b, entrance=e, number=n) for b, e, n in line.units],
        state=change.state,
        old_key=line.old_key,
        new_key=change.key,
        requested_at=change.requested_at,
        effective_at=change.effective_at,
        proof=_proof(proof) if proof else None,
    )


def _proof(proof: Proof) -> ProofAnswer:
    return ProofAnswer(evidence=to_hex(proof.evidence), proven_at=proof.proven_at, review=proof.review)
