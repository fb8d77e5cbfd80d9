"""Invents people and companies whose numbers pass every check and belong to nobody.

Identity numbers and credit codes carry the region code 000000, which no region has; phones the mobile prefix 154,
which no carrier has been given.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from wanjia.domain.identity_numbers import credit_check, identity_check

REGION = "000000"
PHONE_PREFIX = "154"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅建国文辉春燕晓东鹏飞雪琳浩然子涵思远佳怡宇轩梓萱"
)
_TRADES = ("商贸", "科技", "餐饮管理", "物流", "文化传播")
_PHONE_STEP = 48_271
"""Odd and no multiple of five: steps through all eight-digit numbers before one comes again."""
_ADULTS = (date(1942, 1, 1), date(2002, 12, 31))
_OLD = (date(1935, 1, 1), date(1948, 12, 31))
_CHILDREN = (date(2020, 1, 1), date(2024, 12, 31))


@dataclass(frozen=True, slots=True)
class Invented:
    """A person or company that does not exist. ``phone`` is ``-`` for none."""

    name: str
    number: str
    phone: str
    number_type: str = ""


class Inventor:
    """Makes up people, no number twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._numbers: set[str] = set()
        self._phone = rng.randrange(10**8)
        self._companies = 0

    def adult(self) -> Invented:
        """An adult with a phone."""
        return Invented(self._name(), self._identity(*_ADULTS), self._next_phone())

    def old_person(self) -> Invented:
        """An old person without a phone."""
        return Invented(self._name(), self._identity(*_OLD), "-")

    def child(self) -> Invented:
        """A minor (until 2038 at the earliest) without a phone."""
        return Invented(self._name(), self._identity(*_CHILDREN), "-")

    def foreigner(self) -> Invented:
        """Someone with a passport; EX is no country's code."""
        number = f"EX{self._rng.randrange(10**7):07}"
        return Invented("Alex Sample", number, self._next_phone(), "护照")

    def company(self, name: str = "") -> Invented:
        """A company; a given name is a real developer's of the register, with a code that is not its own."""
        self._companies += 1
        first17 = f"91{REGION}MA{self._companies:07}"
        trade = _TRADES[self._companies % len(_TRADES)]
        return Invented(
            name or f"成都样例{self._companies}号{trade}有限公司", first17 + credit_check(first17), "-"
        )

    def _name(self) -> str:
        given = self._rng.sample(_GIVEN, self._rng.choice((1, 2, 2)))
        return self._rng.choice(_SURNAMES) + "".join(given)

    def _identity(self, earliest: date, latest: date) -> str:
        while True:
            born = earliest + timedelta(days=self._rng.randrange((latest - earliest).days + 1))
            first17 = f"{REGION}{born:%Y%m%d}{self._rng.randrange(1, 1000):03}"
            if first17 not in self._numbers:
                self._numbers.add(first17)
                return first17 + identity_check(first17)

    def _next_phone(self) -> str:
        self._phone = (self._phone + _PHONE_STEP) % 10**8
        return f"{PHONE_PREFIX}{self._phone:08}"
