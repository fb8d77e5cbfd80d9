"""Numbers of the contracts in columns: nothing is lost at the edges."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from wanjia.db.base import Database
from wanjia.db.types import Uint64


def test_uint64_round_trip(database: Database) -> None:
    """All 64 bits of a ballot of 32 motions survive both databases; what does not fit is refused."""
    table = Table("numbers", MetaData(), Column("id", Integer, primary_key=True), Column("n", Uint64))
    values = [0, 1, 2**63 - 1, 2**63, 2**64 - 1]
    with database.write() as session:
        table.create(session.connection())
        session.execute(insert(table), [{"n": n} for n in values])
        assert session.scalars(select(table.c.n).order_by(table.c.id)).all() == values
    with pytest.raises(StatementError, match="uint64"), database.write() as session:
        session.execute(insert(table), {"n": 2**64})
