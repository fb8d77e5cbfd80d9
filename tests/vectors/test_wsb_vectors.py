"""The golden vectors of WSB-1, which Solidity, Python and TypeScript share (docs/secret-ballots.md).

``WANJIA_WRITE_VECTORS=1`` writes the files anew; a change of them is a change of the protocol.
"""

import os

import pytest
import wsb_ballots
import wsb_ceremony
import wsb_hashing
import wsb_negative
import wsb_tally
from wsb_writing import FOLDER, text_of

from wanjia.wsb.checking import Fault, faults_of
from wanjia.wsb.form import Form

FILES = {
    "wsb-hashing.json": wsb_hashing.build,
    "wsb-ballots.json": wsb_ballots.build,
    "wsb-negative.json": wsb_negative.build,
    "wsb-ceremony.json": wsb_ceremony.build,
    "wsb-tally.json": wsb_tally.build,
}


@pytest.mark.parametrize("name", FILES)
def test_the_vector_files_are_current(name: str) -> None:
    """What Python computes today is what the file says, to the last digit."""
    text = text_of(FILES[name]())
    path = FOLDER / name
    if os.environ.get("WANJIA_WRITE_VECTORS"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", list(wsb_ballots.valid()))
def test_every_ballot_of_the_vectors_holds(name: str) -> None:
    """A ballot that is in the vectors as good is found good."""
    form, voter, _, _, body = wsb_ballots.valid()[name]
    assert faults_of(wsb_ballots.FORMS[form], voter, body.bytes) == []


@pytest.mark.parametrize("case", list(wsb_negative.cases()), ids=lambda case: case[0])
def test_every_negative_case_is_refused_for_its_reason(case: wsb_negative.Case) -> None:
    """A body that is in the vectors as bad is refused, with the reason of the contract's order."""
    _, form, voter, body, reason = case
    found = faults_of(form, voter, body)
    assert isinstance(form, Form)
    assert isinstance(found[0], Fault)
    assert found[0].reason == reason
