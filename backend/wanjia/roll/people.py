"""The people of a row: title holders, and the guardian or authorised person who acts for some."""

from datetime import date

from wanjia.domain.identity_numbers import (
    IDENTITY_LENGTH,
    NumberFault,
    credit_check,
    credit_fault,
    identity_check,
    identity_fault,
    is_minor,
    is_mobile,
)
from wanjia.domain.premises import OwnerKind
from wanjia.roll.cells import MAX_NAME, RowReader
from wanjia.roll.parsed import Person
from wanjia.roll.words import NUMBER_TYPES, NumberType

_OTHER_LENGTHS = range(5, 25)
_COMPANIES = (OwnerKind.COMPANY, OwnerKind.DEVELOPER)


def read_holders(row: RowReader, kind: OwnerKind | None, today: date) -> tuple[Person, ...] | None:
    """Read the title holders of a row, or note why they cannot be read."""
    names = row.names()
    if names is None:
        row.needed("id_numbers")
        return None
    count = len(names)
    numbers = row.listed("id_numbers", count) if row.needed("id_numbers") is not None else None
    phones = row.listed("phones", count)
    types = _number_types(row, kind, count)
    if numbers is None or phones is None or types is None:
        return None
    read = [
        read_number(row, "id_numbers", number, number_type, today)
        for number, number_type in zip(numbers, types, strict=True)
    ]
    read_phones = [read_phone(row, "phones", phone) for phone in phones or [""] * count]
    if None in read or any(bad for _, bad in read_phones):
        return None
    people = zip(names, types, read, read_phones, strict=True)
    holders = tuple(
        Person(name, number_type, number or "", phone) for name, number_type, number, (phone, _) in people
    )
    if len({person.number for person in holders}) < count:
        row.error("id_numbers", "ROLL_PERSON_TWICE")
        return None
    return holders


def read_agent(row: RowReader, today: date) -> tuple[Person | None, bool]:
    """Read the guardian or authorised person; tell besides whether the cells were in order."""
    name, number, phone = row.raw("agent"), row.raw("agent_id"), row.raw("agent_phone")
    if not (name or number or phone):
        return None, True
    number_type = row.maybe_one_of("agent_id_type", "ROLL_ID_TYPE_UNKNOWN", NUMBER_TYPES, NumberType.IDENTITY)
    name_ok = bool(row.needed("agent"))
    if len(name) > MAX_NAME:
        row.error("agent", "ROLL_NAME_INVALID", limit=MAX_NAME)
        name_ok = False
    if number_type is NumberType.CREDIT:
        row.error("agent_id_type", "ROLL_AGENT_NOT_PERSON")
        return None, False
    read = None
    if row.needed("agent_id") is not None and number_type is not None:
        read = read_number(row, "agent_id", number, number_type, today)
    read_agent_phone, bad = read_phone(row, "agent_phone", phone)
    if read is None or bad or not name_ok or number_type is None:
        return None, False
    if number_type is NumberType.IDENTITY and is_minor(read, today):
        row.error("agent_id", "ROLL_AGENT_MINOR")
        return None, False
    return Person(name, number_type, read, read_agent_phone), True


def read_number(row: RowReader, column: str, text: str, number_type: NumberType, today: date) -> str | None:
    """Check one number and give it in capitals without spaces, or note what is wrong with it."""
    number = text.replace(" ", "").upper()
    if not number:
        row.error(column, "ROLL_CELL_EMPTY")
        return None
    if row.spoiled_number(column, number):
        return None
    if number_type is NumberType.OTHER:
        if len(number) in _OTHER_LENGTHS and number.isascii() and number.replace("-", "").isalnum():
            return number
        row.error(column, "ROLL_ID_FORM_OTHER")
        return None
    if number_type is NumberType.CREDIT:
        fault, expected = credit_fault(number), credit_check
    else:
        fault, expected = identity_fault(number, today), identity_check
    if fault is None:
        return number
    code = {
        NumberFault.FORM: "ROLL_CREDIT_FORM" if number_type is NumberType.CREDIT else "ROLL_ID_FORM",
        NumberFault.OLD_FORM: "ROLL_ID_OLD_FORM",
        NumberFault.BIRTH: "ROLL_ID_BIRTH",
        NumberFault.CHECK: "ROLL_CREDIT_CHECK" if number_type is NumberType.CREDIT else "ROLL_ID_CHECK",
    }[fault]
    if fault is NumberFault.CHECK:
        row.error(column, code, expected=expected(number[:17]))
    elif fault is NumberFault.FORM:
        row.error(column, code, length=len(number), expected=IDENTITY_LENGTH)
    else:
        row.error(column, code)
    return None


def read_phone(row: RowReader, column: str, text: str) -> tuple[str | None, bool]:
    """Give a mobile number without spaces, dashes and country code, or ``None``; tell whether it was malformed."""
    phone = text.replace(" ", "").replace("-", "").removeprefix("+86")
    if not phone:
        return None, False
    if is_mobile(phone):
        return phone, False
    row.error(column, "ROLL_PHONE_INVALID", length=len(phone))
    return None, True


def _number_types(row: RowReader, kind: OwnerKind | None, count: int) -> list[NumberType] | None:
    texts = row.listed("id_types", count)
    if texts is None:
        return None
    if not texts:
        return [NumberType.CREDIT if kind in _COMPANIES else NumberType.IDENTITY] * count
    types = [row.match("id_types", "ROLL_ID_TYPE_UNKNOWN", NUMBER_TYPES, text) for text in texts]
    return None if None in types else [each for each in types if each is not None]
