"""Vectors of a tally: sums, rounding, seal, shares, opening, intervals and verdicts."""

from functools import cache
from typing import Any

import wsb_ceremony
import wsb_hashing
from wsb_ceremony import schnorr
from wsb_writing import Stream, number, point, raw

from wanjia.domain.ballots import Choice
from wanjia.domain.coarse import Interval, Rounding, interval, rounded, verdict
from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority
from wanjia.wsb.ballot import Ciphertext
from wanjia.wsb.decryption import Aggregate, Sealed, Share, lagrange, opened, stage_aggregates
from wanjia.wsb.discrete_log import discrete_log
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, P, Point, Q, add
from wanjia.wsb.proof import Proof
from wanjia.wsb.proving import encrypt
from wanjia.wsb.tally import Sums, add_up, seal_hash

A, F, N = Choice.ABSTAIN, Choice.FOR, Choice.AGAINST
VOTERS: tuple[tuple[int, int, tuple[Choice, Choice, Choice]], ...] = (
    (1, 8_912, (F, F, A)),
    (2, 12_500, (F, N, A)),
    (3, 9_499, (N, F, F)),
    (4, 9_500, (F, F, N)),
    (6, 4_294_967, (N, F, N)),
    (7, 1, (F, N, N)),
    (9, 499, (F, F, F)),
    (12, 4_273_054, (F, N, N)),
)
MAJORITIES = (Majority.ORDINARY, Majority.ORDINARY, Majority.SPECIAL)
OPENERS = (1, 3, 5)


class Tally:
    """The vectors' meeting, closed."""

    def __init__(self) -> None:
        self.ceremony = wsb_ceremony.ceremony()
        self.form = Form(wsb_hashing.context(self.ceremony.keys).hash, self.ceremony.keys, ((0, 0),) * 3)
        draw = Stream("wsb tally")
        self.ballots: list[tuple[int, list[Ciphertext]]] = [
            (area, [encrypt(self.form, choice, draw()) for choice in choices]) for _, area, choices in VOTERS
        ]
        self.sums: Sums = add_up(3, self.ballots)
        self.part = Weight(sum(area for area, _ in self.ballots), len(self.ballots))
        self.rounding = Rounding()
        for area, _ in self.ballots:
            self.rounding = self.rounding.take(area)
        self.seal = seal_hash(self.form.context, self.part, self.rounding, self.sums)
        self.sealed = Sealed(self.form.context, self.seal)

    def opening(self, of: Aggregate) -> tuple[dict[int, Share], list[int], int]:
        """Shares of the openers, their nonces and the value."""
        a, b = self.sums.pair(of.motion, of.level, of.side)
        shares, nonces = {}, []
        for trustee in OPENERS:
            draw = Stream(f"wsb share {trustee} {of}")
            secret = self.ceremony.secrets(trustee)[of.side]
            shares[trustee] = self.sealed.make_share(trustee, of, secret, a, draw)
            nonces += draw.drawn
        value = discrete_log(opened(b, {i: share.point for i, share in shares.items()}), 0, self.part.area)
        return shares, nonces, value


@cache
def tally() -> Tally:
    """The vectors' meeting."""
    return Tally()


def _describe_opening(made: Tally, of: Aggregate) -> tuple[dict[str, Any], int]:
    a, b = made.sums.pair(of.motion, of.level, of.side)
    shares, nonces, value = made.opening(of)
    described = []
    for (trustee, share), nonce in zip(shares.items(), nonces, strict=True):
        key = made.ceremony.share_keys(trustee)[of.side]
        statement = made.sealed.statement(trustee, of, key, a, share.point)
        described.append(
            {"trustee": trustee, "d": point(share.point), **schnorr(statement, share.proof, nonce)}
        )
    return {
        "motion": of.motion,
        "level": of.level,
        "side": of.side,
        "a": point(a),
        "b": point(b),
        "shares": described,
        "value": value,
    }, value


def _motion(made: Tally, motion: int, values: dict[Aggregate, int]) -> tuple[dict[str, Any], bool | None]:
    heads, rough, against = (values[Aggregate(motion, *at)] for at in ((0, 0), (1, 0), (1, 1)))
    area = interval(rough, made.rounding, made.part.area)
    opposed = interval(against, made.rounding, made.part.area)
    settled = verdict(MAJORITIES[motion], made.part, area, heads)
    return {
        "motion": motion,
        "majority": MAJORITIES[motion].value,
        "heads_for": heads,
        "for": [area.lower, area.upper],
        "against": [opposed.lower, opposed.upper],
        "verdict": _word(settled),
    }, settled


def _refused(made: Tally) -> list[dict[str, Any]]:
    """Shares that no implementation accepts: of motion 0, level 0, side 0, by trustee 1 unless it says so."""
    of = Aggregate(0, 0, 0)
    a, _ = made.sums.pair(0, 0, 0)
    share = made.opening(of)[0][1]
    (c,), (s,), d = share.proof.challenges, share.proof.responses, share.point
    wrong = made.sealed.make_share(1, of, made.ceremony.secrets(2)[0], a, Stream("wsb wrong share"))
    early = Sealed(made.form.context, bytes(32)).make_share(
        1, of, made.ceremony.secrets(1)[0], a, Stream("wsb early share")
    )
    proof = share.proof
    cases: tuple[tuple[str, int, Aggregate, Point, Proof], ...] = (
        ("D plus G", 1, of, add(d, G), proof),
        ("D of another secret", 1, of, wrong.point, wrong.proof),
        ("another trustee", 2, of, d, proof),
        ("another motion", 1, Aggregate(1, 0, 0), d, proof),
        ("another level", 1, Aggregate(0, 1, 0), d, proof),
        ("the other side", 1, Aggregate(0, 0, 1), d, proof),
        ("before the seal", 1, of, early.point, early.proof),
        ("s plus one", 1, of, d, Proof((c,), ((s + 1) % Q,))),
        ("s plus q", 1, of, d, Proof((c,), (s + Q,))),
        ("c plus q", 1, of, d, Proof((c + Q,), (s,))),
        ("x plus p", 1, of, (d[0] + P, d[1]), proof),
        ("off the curve", 1, of, (d[0], (d[1] + 1) % P), proof),
        ("infinity", 1, of, (0, 0), proof),
    )
    return [
        {
            "name": name,
            "trustee": trustee,
            "motion": at.motion,
            "level": at.level,
            "side": at.side,
            "words": [number(word) for word in Share(point_, given).words],
        }
        for name, trustee, at, point_, given in cases
    ]


def decisions() -> list[dict[str, Any]]:
    """Intervals and verdicts on and around the thresholds of both majorities."""
    rows = []
    for majority in Majority:
        for part, rounding in (
            (Weight(1_000_000, 100), Rounding(20_000, 30_000)),
            (Weight(999_999, 99), Rounding(0, 0)),
            (Weight(400, 4), Rounding(0, 2_600)),
            (Weight(100_000_000, 1_000), Rounding(1, 1)),
        ):
            for share in ((1, 2), (3, 4)):
                area = part.area * share[0] // share[1]
                heads = part.heads * share[0] // share[1]
                for step in (-31, -30, -20, -1, 0, 1, 20, 30, 31):
                    units = max(area // 1000 + step, 0)
                    rows += [_decision(majority, part, rounding, heads + more, units) for more in (0, 1)]
        rows.append(_decision(majority, Weight(1_000_000, 100), Rounding(0, 0), 100, 1_000))
        rows.append(_decision(majority, Weight(1_000_000, 100), Rounding(0, 0), 0, 0))
    return rows


def _decision(majority: Majority, part: Weight, rounding: Rounding, heads: int, units: int) -> dict[str, Any]:
    area = interval(units, rounding, part.area)
    return {
        "majority": majority.value,
        "area_part": part.area,
        "heads_part": part.heads,
        "above": rounding.above,
        "below": rounding.below,
        "heads_for": heads,
        "coarse_for": units,
        "interval": [area.lower, area.upper],
        "verdict": _word(verdict(majority, part, area, heads)),
    }


def build() -> dict[str, Any]:
    """The content of ``wsb-tally.json``."""
    made = tally()
    stage0, values = [], {}
    for of in stage_aggregates(0, range(3)):
        described, values[of] = _describe_opening(made, of)
        stage0.append(described)
    judged = [_motion(made, motion, values) for motion in range(3)]
    undecided = [motion for motion, (_, settled) in enumerate(judged) if settled is None]
    stage1 = []
    for of in stage_aggregates(1, undecided):
        described, exact = _describe_opening(made, of)
        stage1.append(described | {"verdict": _word(_exactly(made, of.motion, values, exact))})
    return {
        "note": "keys and share keys: wsb-ceremony.json; areas in 0.01 m²; refused: all by the seal below",
        "context": raw(made.form.context),
        "voters": [
            {
                "voter": voter,
                "area": area,
                "coarse": rounded(area),
                "choices": [int(choice) for choice in choices],
                "ciphertexts": [_ciphertext(one) for one in ballot],
            }
            for (voter, area, choices), (_, ballot) in zip(VOTERS, made.ballots, strict=True)
        ],
        "sums": [[_ciphertext(level) for level in levels] for levels in made.sums.of],
        "sums_hash": raw(made.sums.hash),
        "area_part": made.part.area,
        "heads_part": made.part.heads,
        "above": made.rounding.above,
        "below": made.rounding.below,
        "seal_hash": raw(made.seal),
        "lagrange": _lagrange(),
        "stage0": stage0,
        "motions": [described for described, _ in judged],
        "stage1": stage1,
        "refused": _refused(made),
        "decisions": decisions(),
    }


def _exactly(made: Tally, motion: int, values: dict[Aggregate, int], exact: int) -> bool | None:
    known = Interval(exact, exact)
    return verdict(MAJORITIES[motion], made.part, known, values[Aggregate(motion, 0, 0)])


def _word(settled: bool | None) -> str:
    return "undecided" if settled is None else "passed" if settled else "failed"


def _ciphertext(one: Ciphertext) -> dict[str, Any]:
    return {"a": point(one.a), "b1": point(one.b1), "b2": point(one.b2)}


def _lagrange() -> list[dict[str, Any]]:
    sets: tuple[tuple[int, ...], ...] = ((1, 2), OPENERS, (2, 4, 5), tuple(range(1, 16)))
    return [
        {"trustees": list(of), "factors": [number(factor) for factor in lagrange(of).values()]} for of in sets
    ]
