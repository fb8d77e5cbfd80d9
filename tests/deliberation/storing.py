"""Concerns straight in a database, without a web server."""

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.deliberation.entries import Author, add_entry
from wanjia.deliberation.models import Concern
from wanjia.deliberation.resident_models import Resident
from wanjia.domain.concerns import DAY
from wanjia.identity.vault import Vault

NOW = 1_800_000_000
VAULT = Vault(b"deliberation tests: not a secret")


def community(database: Database, **facts: str) -> int:
    """Make a community with one resident; give its id, which is the resident's too."""
    places = {name: f"0x{at:040x}" for at, name in enumerate(("registry", "open_meeting", "notary"), start=1)}
    addresses = {f"{name}_address": address for name, address in places.items()} | facts
    with database.write() as session:
        session.add(Community(id=1, slug="garden", name="", salt=bytes(32), first_block=0, **addresses))
        session.flush()
        session.add(Resident(id=1, community_id=1, kind="owner", building="1", entrance="1", created_at=NOW))
    return 1


def concern(database: Database, number: int, at: int = NOW, /, state: str = "raised", level: int = 0) -> None:
    """Raise a concern as it stands after a while; it is due three days after ``at``."""
    with database.write() as session:
        row = Concern(
            community_id=1,
            number=number,
            resident_id=1,
            request=f"request-{number}",
            kind="repair",
            building="1",
            entrance="1",
            place="",
            public=True,
            urgent=False,
            state=state,
            level=level,
            due_at=at + 3 * DAY,
            title=VAULT.seal("门禁坏了"),
            text=VAULT.seal(f"第 {number} 条"),
            created_at=at,
        )
        session.add(row)
        session.flush()
        author = Author(resident_id=1)
        add_entry(session, VAULT, row, "raised", author, at, text=f"第 {number} 条", title="门禁坏了")
