"""Follows the chain: one database transaction a block, back to the common ancestor when blocks were replaced."""

import time
from collections.abc import Callable, Sequence

import structlog
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from wanjia.chain.client import Block, Chain, ChainUnavailable
from wanjia.chain.contracts import interface
from wanjia.chain.interface import UnknownEvent
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.index.apply import Happening, IndexProblem, Skips, apply
from wanjia.index.models import IndexedBlock, IndexedCommunity, IndexedEvent, IndexState
from wanjia.index.rollback import CONTRACTS, forget_everything, roll_back
from wanjia.index.source import Addresses, ReadBlock, read_block, read_range

log = structlog.get_logger()

RANGE = 500
"""Blocks asked for at once while far behind the head."""
SHORTER_PATIENCE = 2.0
"""Seconds a chain must stay shorter than known before it is believed: a node behind a balancer may just lag."""
KEEP_EMPTY_BLOCKS = 1000


class Index:
    """Keeps the index's rows equal to the chain. One process at a time runs it."""

    def __init__(
        self,
        database: Database,
        chain: Chain,
        *,
        chain_id: int,
        finality_depth: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._chain = chain
        self._chain_id = chain_id
        self._depth = finality_depth
        self._clock = clock
        self._shorter_since: float | None = None

    def step(self) -> bool:
        """Do one piece of work; tells whether there is more to do at once.

        Raises ``ChainUnavailable``, ``WrongChain``, and ``IndexProblem`` (also kept in ``IndexState.error``).
        """
        self._chain.expect(self._chain_id)
        head = self._chain.head()
        chain_time = self._chain.time()
        addresses = self._follow(head, chain_time)
        if not addresses:
            return False
        known = self._last_block()
        if known is not None and not self._agrees(known, head):
            return True
        first = known.number + 1 if known is not None else self._first_block()
        if first > head.number:
            return False
        try:
            if head.number - self._depth >= first:
                last = min(first + RANGE - 1, head.number - self._depth)
                reads = read_range(self._chain, first, last, list(addresses))
            else:
                one = read_block(self._chain, first, list(addresses))
                if one is None or (known is not None and one.block.parent_hash != known.hash):
                    return one is not None  # replaced while we looked: the next step rolls back
                reads = [one]
            after = known.number if known is not None else None
            for read in reads:
                if not self._take(read, addresses, after):
                    return True
                after = read.block.number
        except (IndexProblem, UnknownEvent) as problem:
            self._stand_still(str(problem))
            raise IndexProblem(str(problem)) from problem
        return reads[-1].block.number < head.number

    def catch_up(self) -> None:
        """Step until the head is reached."""
        while self.step():
            pass

    def rebuild(self) -> None:
        """Drop everything and replay from the first block; a person looked, so the alarm is over.

        An index that runs meanwhile takes up the replay, too.
        """
        with self._database.write() as session:
            _only_writer(session)
            forget_everything(session)
            session.execute(update(IndexState).values(error="", alarm=""))
        self.catch_up()

    def _follow(self, head: Block, chain_time: int) -> Addresses:
        """Note where the chain is; take in communities that were added; give the contracts to follow."""
        with self._database.read() as session:
            communities = session.scalars(select(Community).order_by(Community.id)).all()
            followed = set(session.scalars(select(IndexedCommunity.community_id)))
            state = session.get(IndexState, 1)
        offset = chain_time - int(self._clock())
        changed = (
            state is None
            or state.chain_head != head.number
            or abs(state.clock_offset - offset) > 1
            or state.chain_id != self._chain_id
            or state.finality_depth != self._depth
            or self._clock() - state.observed_at > 5  # noqa: PLR2004  seconds
        )
        fresh = [c for c in communities if c.id not in followed]
        if changed or fresh:
            with self._database.write() as session:
                state = session.get(IndexState, 1) or IndexState(id=1, error="", alarm="")
                state.chain_id, state.finality_depth = self._chain_id, self._depth
                state.clock_offset, state.chain_head = offset, head.number
                state.observed_at = int(self._clock())
                session.add(state)
                session.flush()
                self._admit(session, fresh)
        return {
            address: (community.id, contract)
            for community in communities
            for contract, address in (
                ("registry", community.registry_address),
                ("open_meeting", community.open_meeting_address),
                ("secret_meeting", community.secret_meeting_address),
                ("trustee_board", community.trustee_board_address),
                ("notary", community.notary_address),
            )
            if address is not None
        }

    def _admit(self, session: Session, fresh: Sequence[Community]) -> None:
        """Start to follow communities; blocks in which they may already have events are read again."""
        if not fresh:
            return
        first = min(c.first_block for c in fresh)
        last = session.scalar(select(func.max(IndexedBlock.number)))
        if last is not None and last >= first:
            roll_back(session, self._chain_id, first - 1)
        session.add_all(IndexedCommunity(community_id=c.id) for c in fresh)

    def _first_block(self) -> int:
        with self._database.read() as session:
            return session.scalar(select(func.min(Community.first_block))) or 0

    def _last_block(self) -> IndexedBlock | None:
        with self._database.read() as session:
            return session.scalars(
                select(IndexedBlock).order_by(IndexedBlock.number.desc()).limit(1)
            ).one_or_none()

    def _agrees(self, known: IndexedBlock, head: Block) -> bool:
        """Tell whether the chain still holds the last block we know; roll back when it does not."""
        top = head if head.number <= known.number else self._chain.block(known.number)
        if top is None:
            raise ChainUnavailable("the node forgot a block below its head")
        if top.number == known.number and top.hash == known.hash:
            self._shorter_since = None
            return True
        if head.number < known.number and self._same(head):
            self._shorter_since = self._shorter_since or self._clock()
            if self._clock() - self._shorter_since < SHORTER_PATIENCE:
                raise ChainUnavailable(f"the node is behind: {head.number}, known {known.number}")
        self._shorter_since = None
        self._roll_back_to(self._common_ancestor(min(known.number, head.number)), known.number)
        return False

    def _same(self, block: Block) -> bool:
        with self._database.read() as session:
            kept = session.get(IndexedBlock, block.number)
        return kept is not None and kept.hash == block.hash

    def _common_ancestor(self, below: int) -> int:
        with self._database.read() as session:
            kept = session.execute(
                select(IndexedBlock.number, IndexedBlock.hash)
                .where(IndexedBlock.number <= below)
                .order_by(IndexedBlock.number.desc())
            ).all()
        for number, block_hash in kept:
            block = self._chain.block(number)
            if block is not None and block.hash == block_hash:
                return int(number)
        return -1

    def _roll_back_to(self, ancestor: int, known: int) -> None:
        with self._database.write() as session:
            lost_final = session.scalar(
                select(func.count())
                .select_from(IndexedBlock)
                .where(
                    IndexedBlock.number > ancestor,
                    IndexedBlock.final_at.is_not(None),
                    IndexedBlock.events > 0,
                )
            )
            if lost_final:
                alarm = f"REORG_BELOW_FINALITY: blocks {ancestor + 1} to {known} were replaced"
                log.error("index.alarm", ancestor=ancestor, known=known)
                session.execute(update(IndexState).values(alarm=alarm))
            roll_back(session, self._chain_id, ancestor)
        log.warning("index.rolled_back", ancestor=ancestor, known=known)

    def _take(self, read: ReadBlock, addresses: Addresses, after: int | None) -> bool:
        """Write one block down behind block ``after``; not if another index or a rebuild moved on meanwhile."""
        block = read.block
        with self._database.write() as session:
            _only_writer(session)
            if session.scalar(select(func.max(IndexedBlock.number))) != after:
                return False
            session.execute(
                insert(IndexedBlock).values(
                    number=block.number,
                    hash=block.hash,
                    parent_hash=block.parent_hash,
                    time=block.time,
                    events=len(read.logs),
                )
            )
            skips: Skips = {}
            for entry in read.logs:
                community_id, contract = addresses[entry.address]
                name, values = interface(CONTRACTS[contract]).decode_event(entry)
                session.add(
                    IndexedEvent(
                        community_id=community_id,
                        contract=contract,
                        address=entry.address,
                        name=name,
                        meeting=values.get("meeting"),
                        voter=values.get("voter"),
                        block=block.number,
                        block_hash=block.hash,
                        transaction=entry.transaction,
                        log_index=entry.index,
                        topics=b"".join(entry.topics),
                        data=entry.data,
                    )
                )
                apply(
                    session,
                    self._chain_id,
                    Happening(
                        community_id,
                        contract,
                        entry.address,
                        name,
                        values,
                        block.number,
                        block.time,
                        entry.transaction,
                    ),
                    skips,
                )
            if skips:
                raise IndexProblem(f"block {block.number} skips ballots of a batch that is not there")
            self._settle(session, block)
        return True

    def _settle(self, session: Session, block: Block) -> None:
        """Mark what is final now; drop old blocks that hold nothing of ours."""
        session.execute(
            update(IndexedBlock)
            .where(IndexedBlock.number <= block.number - self._depth, IndexedBlock.final_at.is_(None))
            .values(final_at=block.time)
        )
        if block.number % 100 == 0:
            session.execute(
                delete(IndexedBlock).where(
                    IndexedBlock.number < block.number - KEEP_EMPTY_BLOCKS, IndexedBlock.events == 0
                )
            )
        session.execute(update(IndexState).where(IndexState.error != "").values(error=""))

    def _stand_still(self, problem: str) -> None:
        log.error("index.stands_still", problem=problem)
        with self._database.write() as session:
            session.execute(update(IndexState).values(error=problem))


def _only_writer(session: Session) -> None:
    """Wait for any other index to end its transaction. SQLite has one writer at a time anyway."""
    session.execute(select(IndexState.id).with_for_update())
