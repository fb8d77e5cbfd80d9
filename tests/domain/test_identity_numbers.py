"""Check characters, birth dates and ages."""

from datetime import date

import pytest

from wanjia.domain.identity_numbers import (
    NumberFault,
    credit_fault,
    identity_check,
    identity_fault,
    is_minor,
    is_mobile,
)

TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("first17", "check"),
    [("11010519491231002", "X"), ("44052418800101001", "4")],
)
def test_the_standards_own_examples(first17: str, check: str) -> None:
    """GB 11643-1999, annex A."""
    assert check == identity_check(first17)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("11010519491231002X", None),
        ("110105194912310021", NumberFault.CHECK),
        ("11010519491231002x", NumberFault.FORM),
        ("1101051949123100２X", NumberFault.FORM),
        ("440524188001010014", NumberFault.BIRTH),
        ("110105491231002", NumberFault.OLD_FORM),
        ("", NumberFault.FORM),
    ],
)
def test_faults_of_identity_numbers(number: str, fault: NumberFault | None) -> None:
    """Form first, then the birth date, then the check character."""
    assert fault == identity_fault(number, TODAY)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91350100M000100Y43", None),
        ("91350100M000100Y44", NumberFault.CHECK),
        ("91350100M000100I43", NumberFault.FORM),
        ("91350100M000100Y4", NumberFault.FORM),
    ],
)
def test_faults_of_credit_codes(code: str, fault: NumberFault | None) -> None:
    """GB 32100-2015; its own example is the first."""
    assert fault == credit_fault(code)


@pytest.mark.parametrize(
    ("born", "on", "minor"),
    [
        ("20081101", date(2026, 10, 31), True),
        ("20081101", date(2026, 11, 1), False),
        ("20080229", date(2026, 2, 28), True),
        ("20080229", date(2026, 3, 1), False),
    ],
)
def test_of_age_on_the_eighteenth_birthday(born: str, on: date, minor: bool) -> None:
    """Civil Code 17."""
    assert minor == is_minor(f"000000{born}0010", on)


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("15400000001", True),
        ("12400000001", False),
        ("1540000000", False),
        ("１5400000001", False),
        ("1540000000x", False),
    ],
)
def test_mobile_numbers(phone: str, mobile: bool) -> None:
    """Eleven ASCII digits, 13 to 19 first."""
    assert mobile == is_mobile(phone)
