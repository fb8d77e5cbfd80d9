"""What the database refuses is said without the values that were to be written (T27)."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.loop import plain

CANARY = "canary-of-a-person"


def test_errors_hold_no_values(database: Database) -> None:
    """Neither the statement's parameters nor PostgreSQL's detail line reach a traceback or a log."""
    row = {"slug": CANARY, "name": CANARY, "district": "", "address": "", "salt": b"", "first_block": 0}
    places = {"registry_address": CANARY, "open_meeting_address": CANARY, "notary_address": CANARY}

    def write() -> None:
        with database.write() as session:
            session.execute(insert(Community).values(row | places))

    write()
    with pytest.raises(IntegrityError, match="hidden") as caught:
        write()
    assert CANARY not in plain(caught.value)
