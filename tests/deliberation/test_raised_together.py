"""Many phones at once: one request is one concern, numbers have no gaps, and the day's limit holds."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from storing import NOW, VAULT, community

from wanjia.db.base import Database
from wanjia.deliberation.models import Concern
from wanjia.deliberation.raising import A_DAY, Draft, Raising
from wanjia.deliberation.residents import ResidentLogin
from wanjia.domain.concerns import ConcernKind
from wanjia.domain.errors import Refusal


def test_requests_that_arrive_together(database: Database) -> None:
    """Thirty-six sends of twelve requests by one resident: ten concerns, each request's answers alike, two refused."""
    community(database)
    raising, me = Raising(database, VAULT, lambda: NOW), ResidentLogin(1, 1, "owner", "1", "1")

    def send(number: int) -> tuple[int, int | str]:
        request = f"request-{number % 12}"
        draft = Draft(request, ConcernKind.OTHER, "噪声", "", "", "", "", public=True, urgent=False)
        try:
            return number % 12, raising.raise_concern(me, draft, ())
        except Refusal as refused:
            return number % 12, refused.code

    with ThreadPoolExecutor(8) as phones:
        answers = list(phones.map(send, range(36)))
    assert Counter(answers).most_common()[-1][1] == 3
    assert Counter(answer for _, answer in answers)["CONCERN_LIMIT"] == 6
    with database.read() as session:
        numbers = session.scalars(select(Concern.number).order_by(Concern.number)).all()
    assert list(numbers) == list(range(1, A_DAY + 1))
