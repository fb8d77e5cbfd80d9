"""Numbers that name people and companies, and what their check characters say.

Sources: GB 11643-1999 (citizen identification number), GB 32100-2015 (unified social credit code).
Nothing here keeps or prints a number.
"""

from datetime import date
from enum import StrEnum

IDENTITY_LENGTH = 18
OLD_IDENTITY_LENGTH = 15
"""Numbers of cards issued before 1999: no century, no check character."""
ADULT_AGE = 18
"""Civil Code 17."""
_OLDEST_BIRTH = date(1900, 1, 1)

_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_MOBILE_LENGTH = 11


class NumberFault(StrEnum):
    """What is wrong with a number."""

    FORM = "form"
    """Wrong length or characters."""
    OLD_FORM = "old-form"
    """A 15-digit number of the time before 1999."""
    CHECK = "check"
    """The last character is not the one that follows from the others."""
    BIRTH = "birth"
    """The birth date in it is no date, or not a possible one."""


def identity_check(first17: str) -> str:
    """Give the check character that follows from the first 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(weight * int(digit) for weight, digit in zip(_IDENTITY_WEIGHTS, first17, strict=True))
    return _IDENTITY_CHECKS[total % 11]


def birth_date(number: str) -> date:
    """Give the birth date inside an identity number. Raises ``ValueError`` where it holds none."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def identity_fault(number: str, today: date) -> NumberFault | None:
    """Tell what is wrong with a citizen identification number, or ``None``.

    The region code is not judged: codes are retired over the years and cards keep theirs.
    """
    if not number.isascii():
        return NumberFault.FORM
    if len(number) == OLD_IDENTITY_LENGTH and number.isdigit():
        return NumberFault.OLD_FORM
    if len(number) != IDENTITY_LENGTH or not number[:17].isdigit() or number[17] not in _IDENTITY_CHECKS:
        return NumberFault.FORM
    try:
        born = birth_date(number)
    except ValueError:
        return NumberFault.BIRTH
    if not _OLDEST_BIRTH <= born <= today:
        return NumberFault.BIRTH
    return None if identity_check(number[:17]) == number[17] else NumberFault.CHECK


def is_minor(number: str, today: date) -> bool:
    """Tell whether the person of a valid identity number is under 18 on that day.

    Born on 29 February: of age on 1 March of a common year.
    """
    born = birth_date(number)
    return (today.year - ADULT_AGE, today.month, today.day) < (born.year, born.month, born.day)


def credit_check(first17: str) -> str:
    """Give the check character of a unified social credit code from its first 17 (GB 32100, MOD 31-3).

    Raises ``ValueError`` for a character outside the code's alphabet.
    """
    values = (_CREDIT_ALPHABET.index(character) for character in first17)
    total = sum(weight * value for weight, value in zip(_CREDIT_WEIGHTS, values, strict=True))
    return _CREDIT_ALPHABET[-total % 31]


def credit_fault(code: str) -> NumberFault | None:
    """Tell what is wrong with a unified social credit code, or ``None``."""
    if len(code) != IDENTITY_LENGTH or any(character not in _CREDIT_ALPHABET for character in code):
        return NumberFault.FORM
    return None if credit_check(code[:17]) == code[17] else NumberFault.CHECK


def is_mobile(phone: str) -> bool:
    """Tell whether a text is a mobile number of the mainland: 11 digits, 13 to 19 first."""
    return (
        len(phone) == _MOBILE_LENGTH
        and phone.isascii()
        and phone.isdigit()
        and phone[0] == "1"
        and phone[1] >= "3"
    )
