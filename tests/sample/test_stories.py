"""The sample's residents raise concerns that end up in every state, by the same rules as everybody's."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from town import settings_for
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.db.tables import all_tables
from wanjia.deliberation.lines import overdue
from wanjia.deliberation.models import Concern, ConcernEntry, ConcernPhoto, ConcernSupport
from wanjia.deliberation.resident_models import Resident
from wanjia.deliberation.rules import ConcernRules
from wanjia.domain.concerns import ConcernState, Level
from wanjia.identity.staff import create_staff
from wanjia.identity.vault import Vault
from wanjia.roll.checking import check_roll
from wanjia.roll.placing import import_roll
from wanjia.roll.writing import to_csv
from wanjia.sample.buildings import sample_entrances
from wanjia.sample.roll import sample_roll
from wanjia.sample.stories import read_stories
from wanjia.simulation.deliberating import deliberate

NOW = 1_800_000_000


def test_every_story_happens(tmp_path: Path) -> None:
    """All of them, in order of time, with every state, a concern overdue at the top, and nothing left for the rules."""
    settings = settings_for(tmp_path, f"sqlite:///{tmp_path / 'test.db'}")
    engine, vault = open_engine(settings.database_url), Vault(settings.data_key)
    all_tables().metadata.create_all(engine)
    database = Database(engine)
    with database.write() as session:
        places = {"registry_address": "0x1", "open_meeting_address": "0x2", "notary_address": "0x3"}
        community = Community(slug="sample", name="", salt=b"", first_block=0, **places)
        session.add(community)
        session.flush()
        roll = check_roll(
            to_csv(sample_roll(sample_entrances(), 681), "zh"), datetime.fromtimestamp(NOW, UTC).date()
        )
        assert roll.roll is not None
        import_roll(session, community, roll.roll, vault, now=NOW)
        for role in ("committee", "supervisor"):
            account = {"username": f"{role}@sample", "password": "correct horse battery", "role": role}
            create_staff(session, vault, **account, community_id=community.id, address=None, now=NOW)
    stories = read_stories()
    officials = deliberate(settings, community, NOW, 5)
    assert {official.role for official in officials} == {
        "grid_worker",
        "grid_group",
        "grid_head",
        "command_centre",
    }
    with database.read() as session:
        rows = session.scalars(select(Concern).order_by(Concern.id)).all()
        entries = session.scalars(select(ConcernEntry).order_by(ConcernEntry.id)).all()
        late = session.scalars(select(Concern).where(overdue(NOW))).all()
        photos = session.scalars(select(ConcernPhoto)).all()
        supports = session.scalars(select(ConcernSupport)).all()
        first = session.scalars(select(Resident).order_by(Resident.id)).first()
    assert len(rows) == len(stories)
    assert {row.state for row in rows} == set(ConcernState)
    assert {row.level for row in rows} == set(Level)
    assert late
    assert all(row.level == Level.CENTRE for row in late)
    kinds = Counter(entry.kind for entry in entries)
    assert min(kinds["lapsed"], kinds["unsettled"]) > 0
    assert kinds["comment"] > 20
    assert (kinds["hidden"], kinds["appeal"]) == (2, 1)
    assert [e for e in entries if e.kind == "climbed" and e.staff_id is None]
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert max(entry.at for entry in entries) <= NOW
    assert len(supports) > 200
    assert [photo.media_type for photo in photos] == ["image/jpeg"] * 7
    assert first is not None
    assert sum(row.resident_id == first.id for row in rows) == sum(story.by_visitor for story in stories)
    assert ConcernRules(database, vault).turn(NOW) == 0
