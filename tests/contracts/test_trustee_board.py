"""The trustees' board on anvil: a key ceremony as it should go, and every way in which it must not."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from refusals import expect_refusal
from web3 import Web3

from ceremony import Ceremony
from chain_world import World, build_world
from wanjia.trustees.acts import last_approval_gas
from wanjia.wsb.ceremony import Polynomials, commitment, enrolment, joint_keys, possession
from wanjia.wsb.group import G, P, add, multiply, negate
from wanjia.wsb.proof import prove

GAS_GOAL = 6_000_000
MISSING_ROLE = "RegistryBoundMissingRole"


@pytest.fixture(scope="module")
def _noticed(anvil_chain: Web3) -> World:
    made = build_world(anvil_chain)
    world = replace(made, meeting=made.secret)
    world.consent(world.convene())
    return world


@pytest.fixture
def board(_noticed: World) -> Iterator[World]:
    """Give a world whose secret meeting 1 is in Notice, put back afterwards."""
    provider = _noticed.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    yield _noticed
    provider.make_request("evm_revert", [before])


@pytest.fixture
def three(board: World) -> Ceremony:
    """Give three trustees of whom two open, appointed."""
    made = Ceremony.of(board, 1, 3, 2)
    made.appoint()
    return made


@pytest.mark.parametrize(("trustees", "threshold"), [(3, 2), (5, 3)])
def test_trustees_make_keys_that_nobody_holds(board: World, trustees: int, threshold: int) -> None:
    """The board's keys and share keys are the sums of what was revealed, and each trustee's shares fit its own."""
    run = Ceremony.of(board, 1, trustees, threshold)
    run.hold()
    functions = board.board.functions
    keys = joint_keys(one.polynomials.coefficients for one in run.trustees)
    said = functions.keysOf(1).call()
    assert [run.trustee_set.hash, threshold, trustees, [*keys.in_favour, *keys.against]] == said
    for one in run.trustees:
        for side in (0, 1):
            key = tuple(functions.shareKeyOf(1, one.number, side).call())
            assert key == run.share_keys(one)[side] == multiply(one.shares[side], G)
    if (trustees, threshold) == (5, 3):
        assert run.spent < GAS_GOAL


def test_two_approvals_prepared_at_once_both_pass(board: World, three: Ceremony) -> None:
    """What the last one needs is more than either could estimate before; the bound for the last is enough."""
    for step in (three.commit, three.reveal, three.deal):
        for one in three.trustees:
            step(one)
    first, *both = three.trustees
    three.approve(first)
    calls = [(three.call("approveKeys", three.transcript()), one.account) for one in both]
    estimated = max(call.estimate_gas({"from": account}) for call, account in calls)
    used = [board.send(call, account, gas=last_approval_gas(3))["gasUsed"] for call, account in calls]
    assert estimated * 13 // 10 + 60_000 < used[1] <= last_approval_gas(3)
    assert board.board.functions.runOf(1).call()[1] == 5


def test_steps_wait_for_everybody_and_are_taken_once(board: World, three: Ceremony) -> None:
    """Nobody reveals before all have committed, deals before all have revealed, approves before all have dealt."""
    first, *others = three.trustees
    three.commit(first)
    again = three.call("commitKeys", b"\1" * 32, first.key, 1, 1)
    early = three.call("revealKeys", first.words, three.proofs(first))
    for call in (again, early):
        expect_refusal(board.board, "TrusteeBoardStep", call, first.account)
    for one in others:
        three.commit(one)
    expect_refusal(
        board.board, "TrusteeBoardStep", three.call("dealShares", three.dealt(first)), first.account
    )
    for one in three.trustees:
        three.reveal(one)
    early = three.call("approveKeys", three.transcript())
    expect_refusal(board.board, "TrusteeBoardStep", early, first.account)
    assert board.board.functions.keysOf(1).call() == [b"\0" * 32, 0, 0, [0, 0, 0, 0]]


def test_a_key_to_encrypt_to_must_be_ones_own(board: World, three: Ceremony) -> None:
    """A trustee cannot enrol the key, or the proof, of another; nor a point that is none."""
    first, second = three.trustees[:2]
    proof = prove(enrolment(three.place, first.number, first.key), 0, first.secret)
    (c,), (s,) = proof.challenges, proof.responses
    stolen = three.call("commitKeys", b"\1" * 32, first.key, c, s)
    expect_refusal(board.board, "TrusteeBoardPossession", stolen, second.account)
    for bad in ((first.key[0] + P, first.key[1]), (1, 1), (0, 0)):
        call = three.call("commitKeys", b"\1" * 32, bad, c, s)
        expect_refusal(board.board, "TrusteeBoardMalformed", call, first.account)
    shifted = three.call("commitKeys", b"\1" * 32, first.key, c, s + 1)
    expect_refusal(board.board, "TrusteeBoardPossession", shifted, first.account)


def test_what_is_revealed_is_what_was_committed_to(board: World, three: Ceremony) -> None:
    """Coefficients chosen after the others' have been seen do not fit the commitment."""
    for one in three.trustees:
        three.commit(one)
    first, second = three.trustees[:2]
    three.reveal(first)
    second.polynomials = Polynomials.fresh(2)
    late = three.call("revealKeys", second.words, three.proofs(second))
    assert expect_refusal(board.board, "TrusteeBoardCommitment", late, second.account) == (2,)


def test_a_rogue_key_has_no_proof(board: World, three: Ceremony) -> None:
    """A constant made of another trustee's, which would cancel it out, cannot be proven to be held."""
    first, rogue, third = three.trustees
    cancelling = add(multiply(7, G), negate(first.polynomials.coefficients[0]))
    coefficients = (cancelling, *rogue.polynomials.coefficients[1:])
    proof = prove(enrolment(three.place, rogue.number, rogue.key), 0, rogue.secret)
    bound = commitment(three.place, rogue.number, coefficients)
    call = three.call("commitKeys", bound, rogue.key, proof.challenges[0], proof.responses[0])
    three.commit(first)
    board.send(call, rogue.account)
    three.commit(third)
    guess = prove(possession(three.place, rogue.number, 0, cancelling), 0, 7)
    proofs = [guess.challenges[0], guess.responses[0], *three.proofs(rogue)[2:]]
    words = [word for point in coefficients for word in point]
    reveal = three.call("revealKeys", words, proofs)
    assert expect_refusal(board.board, "TrusteeBoardPossession", reveal, rogue.account) == (2,)


def test_an_approval_names_what_was_seen(board: World, three: Ceremony) -> None:
    """Another transcript is refused: all trustees saw the same board."""
    for step in (three.commit, three.reveal, three.deal):
        for one in three.trustees:
            step(one)
    call = three.call("approveKeys", b"\1" * 32)
    assert expect_refusal(board.board, "TrusteeBoardTranscript", call, three.trustees[0].account)[1:] == (
        three.transcript(),
        b"\1" * 32,
    )


def test_a_complaint_starts_anew_and_nothing_old_stays(board: World, three: Ceremony) -> None:
    """After a complaint the old run's calls and proofs are refused; a new run completes with new polynomials."""
    first = three.trustees[0]
    for one in three.trustees:
        three.commit(one)
    old = three.call("revealKeys", first.words, three.proofs(first))
    board.send(three.call("complain", 2, b"\7" * 32), first.account)
    expect_refusal(board.board, "TrusteeBoardRun", old, first.account)
    again = Ceremony.of(board, 1, 3, 2)
    replayed = prove(enrolment(three.place, 1, first.key), 0, first.secret)
    again.run = 2
    (c,), (s,) = replayed.challenges, replayed.responses
    call = again.call("commitKeys", b"\1" * 32, first.key, c, s)
    expect_refusal(board.board, "TrusteeBoardPossession", call, first.account)
    for step in (again.commit, again.reveal, again.deal, again.approve):
        for one in again.trustees:
            step(one)
    late = again.call("complain", 2, b"\7" * 32)
    expect_refusal(board.board, "TrusteeBoardStep", late, first.account)
    board.send(again.call("restartKeys", b"\7" * 32), board.supervisor)
    assert board.board.functions.runOf(1).call()[:3] == [3, 1, 0]
    assert board.board.functions.keysOf(1).call()[0] == b"\0" * 32


def test_who_may_appoint_and_who_may_speak(board: World) -> None:
    """Committee proposes, supervisor confirms what was proposed, trustees alone take the steps."""
    run, functions = Ceremony.of(board, 1, 3, 2), board.board.functions
    accounts = [one.account for one in run.trustees]
    propose = functions.proposeTrustees(1, accounts, 2)
    for sender in (board.supervisor, board.operator, board.stranger):
        expect_refusal(board.board, MISSING_ROLE, propose, sender)
    confirm = functions.confirmTrustees(1, run.trustee_set.hash)
    expect_refusal(board.board, "TrusteeBoardProposal", confirm, board.supervisor)
    board.send(propose, board.committee)
    expect_refusal(board.board, MISSING_ROLE, confirm, board.committee)
    other = functions.confirmTrustees(1, b"\1" * 32)
    expect_refusal(board.board, "TrusteeBoardProposal", other, board.supervisor)
    board.send(confirm, board.supervisor)
    for sender in (board.stranger, board.operator, board.committee):
        call = run.call("dealShares", b"")
        expect_refusal(board.board, "TrusteeBoardNotTrustee", call, sender)


@pytest.mark.parametrize(("trustees", "threshold"), [(2, 2), (3, 1), (3, 4), (16, 3)])
def test_sets_that_could_not_keep_a_secret(board: World, trustees: int, threshold: int) -> None:
    """Fewer than three, more than fifteen, one alone who opens, or more than there are."""
    accounts = [Web3.to_checksum_address((1000 + i).to_bytes(20, "big")) for i in range(trustees)]
    call = board.board.functions.proposeTrustees(1, accounts, threshold)
    expect_refusal(board.board, "TrusteeBoardSet", call, board.committee)


def test_one_account_is_one_trustee(board: World) -> None:
    """The same account twice, or no account, is no trustee."""
    one, other = board.w3.eth.accounts[-2:]
    for accounts in ([one, other, one], [one, other, "0x" + "0" * 40]):
        call = board.board.functions.proposeTrustees(1, accounts, 2)
        expect_refusal(board.board, "TrusteeBoardAccount", call, board.committee)


def test_a_ceremony_ends_at_the_opening(board: World, three: Ceremony) -> None:
    """Once the meeting should be open nobody is appointed and no step is taken."""
    board.move_to(board.summary(1)["opensAt"])
    first = three.trustees[0]
    late = three.call("commitKeys", b"\1" * 32, first.key, 1, 1)
    proof = prove(enrolment(three.place, 1, first.key), 0, first.secret)
    call = three.call("commitKeys", b"\1" * 32, first.key, proof.challenges[0], proof.responses[0])
    for one in (late, call):
        expect_refusal(board.board, "TrusteeBoardTooLate", one, first.account)
    propose = board.board.functions.proposeTrustees(1, [one.account for one in three.trustees], 2)
    expect_refusal(board.board, "TrusteeBoardTooLate", propose, board.committee)


def test_nothing_is_shared_or_opened_before_the_seal(board: World, three: Ceremony) -> None:
    """Without sealed sums a share is refused, and so is a value."""
    for step in (three.commit, three.reveal, three.deal, three.approve):
        for one in three.trustees:
            step(one)
    post = board.board.functions.postShares(1, 0, 0, [1, 2, 3, 4])
    expect_refusal(board.board, "TrusteeBoardNotSealed", post, three.trustees[0].account)
    values = board.board.functions.openSums(1, 0, 0, [1, 2], [0])
    expect_refusal(board.board, "TrusteeBoardNotSealed", values, board.stranger)
