"""What a logged-in owner is shown of themselves."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.domain.errors import Refusal
from wanjia.identity.key_changes import latest_change
from wanjia.identity.keys import key_state
from wanjia.identity.proof_models import EvidenceRecord
from wanjia.identity.sessions import OwnerLogin
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner, Title, Unit


def owner_profile(session: Session, vault: Vault, login: OwnerLogin) -> dict[str, Any]:
    """Give the owner's units, weight, key and evidence hash; names masked, no numbers.

    Raises ``Refusal("LOGIN_REQUIRED")`` when the owner or the proof is gone from the roll.
    """
    owner = session.get(Owner, login.owner_id)
    title = session.get(Title, login.title_id) if login.title_id is not None else None
    record = session.scalar(select(EvidenceRecord).where(EvidenceRecord.claim_id == login.claim_id))
    if owner is None or title is None or not title.acts or record is None:
        raise Refusal("LOGIN_REQUIRED")
    units = session.scalars(
        select(Unit).where(Unit.owner_id == owner.id).order_by(Unit.building, Unit.entrance, Unit.number)
    ).all()
    community = session.get_one(Community, owner.community_id)
    key, state = key_state(session, owner.community_id, owner.voter)
    change = latest_change(session, owner.community_id, owner.voter)
    return {
        "voter": owner.voter,
        "kind": owner.kind,
        "name_masked": masked_name(vault.open(title.name)),
        "role": title.role,
        "units": [
            {
                "building": unit.building,
                "entrance": unit.entrance,
                "number": unit.number,
                "use": unit.use,
                "area": unit.area,
                "counted": unit.counted,
            }
            for unit in units
        ],
        "area": sum(unit.area for unit in units if unit.counted),
        "heads": 1,
        "key": key,
        "key_state": state,
        "key_change": asdict(change) if change else None,
        "evidence": "0x" + record.evidence.hex(),
        "community": community.slug,
    }


def masked_name(name: str) -> str:
    """Show the first character of a name, and the last when there are three or more."""
    if len(name) <= 1:
        return name
    middle = "*" * max(1, len(name) - 2)
    return name[0] + (middle + name[-1] if len(name) > 2 else "*")  # noqa: PLR2004  a last one stays hidden
