"""Tables of identity: claims and their codes, sessions, evidence, reviews, keys, staff and what staff did."""

from wanjia.identity.claim_models import AddressedMessage, Claim, CodeTry, OneTimeCode
from wanjia.identity.proof_models import EvidenceRecord, KeyRequest, LoginSession
from wanjia.identity.review_models import Review, ReviewFile
from wanjia.identity.staff_models import Staff, StaffLogEntry

__all__ = [
    "AddressedMessage",
    "Claim",
    "CodeTry",
    "EvidenceRecord",
    "KeyRequest",
    "LoginSession",
    "OneTimeCode",
    "Review",
    "ReviewFile",
    "Staff",
    "StaffLogEntry",
]
