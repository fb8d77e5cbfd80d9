"""The check of whole rolls: the sample's figures, the verdict's thresholds, a document that names nobody."""

import re
import time
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.domain.premises import CountingRule
from wanjia.privacy.document import Subject, document, read_back, tenths
from wanjia.privacy.figures import Figures, Lone, Two, figures_of
from wanjia.privacy.judging import Reason, Verdict, reasons, verdict
from wanjia.roll.checking import check_roll
from wanjia.roll.writing import to_csv
from wanjia.sample.buildings import sample_entrances
from wanjia.sample.roll import sample_roll
from wanjia.simulation.sample_world import SEED

WHOLE = Subject("万家花园", "*", 1_800_000_000)
HOMES = [9_000, 9_050, 12_000] * 40


def _sample() -> list[int]:
    """Areas of the sample community's owners: the roll that `wanjia up --sample` imports."""
    roll = check_roll(to_csv(sample_roll(sample_entrances(), SEED), "zh-CN"), date(2026, 1, 1)).roll
    assert roll is not None
    areas: dict[int, int] = {}
    for unit in roll.units:
        if CountingRule().counts(unit.use):
            areas[unit.owner] = areas.get(unit.owner, 0) + unit.area
    return list(areas.values())


def test_the_sample_community_of_681_flats() -> None:
    """620 owners: a lone dissenter is named 12 times in a thousand by 10 m², 465 times by 0.01 m²."""
    figures = figures_of(_sample())
    assert (figures.owners, figures.largest, figures.quorum) == (620, 9, 414)
    assert (figures.unique_exact, figures.unique_rounded) == (288, 7)
    assert figures.rounded_all == Lone(named=12, guessed=33, alike=113)
    assert figures.rounded_quorum == Lone(named=15, guessed=42, alike=75)
    assert figures.exact_all == Lone(named=465, guessed=655, alike=4)
    assert (verdict(figures), reasons(figures)) == (Verdict.FINE, ())
    assert sum(figures.crowds) == figures.owners


def test_two_thousand_owners_take_no_time() -> None:
    """Also where everybody's area is another and every pair has a sum of its own."""
    areas = Random(1).sample(range(3_000, 3_000_000), 2_000)
    begun = time.process_time()
    assert figures_of(areas).owners == 2_000
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("areas", "judged", "why"),
    [
        (HOMES, Verdict.FINE, ()),
        (HOMES[:49], Verdict.UNFIT, (Reason.TOO_FEW,)),
        (HOMES[:50], Verdict.FINE, ()),
        ([*HOMES, sum(HOMES) // 4], Verdict.CARE, (Reason.LARGE,)),
        ([*HOMES, sum(HOMES) // 4 + 100], Verdict.UNFIT, (Reason.TOO_LARGE,)),
        ([*HOMES, *range(15_000, 24_000, 1_000)], Verdict.CARE, (Reason.NAMED,)),
        ([*HOMES, *range(15_000, 35_000, 1_000)], Verdict.UNFIT, (Reason.NAMED, Reason.GUESSED)),
        ([749] * 80, Verdict.UNFIT, (Reason.TOO_SMALL,)),
        ([750] * 80, Verdict.FINE, ()),
    ],
    ids=["even", "49", "50", "a fifth", "above a fifth", "9 odd", "20 odd", "cellars", "larger cellars"],
)
def test_the_verdict_and_its_reasons(areas: list[int], judged: Verdict, why: tuple[Reason, ...]) -> None:
    """The contract's own bounds, one large owner, and how many stand out."""
    figures = figures_of(areas)
    assert (judged, why) == (verdict(figures), reasons(figures))


@pytest.mark.parametrize(
    ("named", "guessed", "judged"),
    [
        (50, 100, Verdict.FINE),
        (51, 100, Verdict.CARE),
        (50, 101, Verdict.CARE),
        (100, 250, Verdict.CARE),
        (101, 250, Verdict.UNFIT),
        (100, 251, Verdict.UNFIT),
    ],
)
def test_thresholds_include_their_number(named: int, guessed: int, judged: Verdict) -> None:
    """At the threshold is not above it."""
    figures = replace(figures_of(HOMES), rounded_quorum=Lone(named, guessed, 3))
    assert judged == verdict(figures)


@given(areas=st.lists(st.integers(1, 2**32 - 1), min_size=1, max_size=60))
def test_chances_are_never_made_small(areas: list[int]) -> None:
    """Rounded up and within bounds; exact areas never hide more than rounded ones; what is written reads back."""
    figures = figures_of(areas)
    assert 100 * max(areas) <= figures.largest * sum(areas)
    assert figures.unique_rounded <= figures.unique_exact <= len(areas)
    for coarse, exact in (
        (figures.rounded_all, figures.exact_all),
        (figures.rounded_quorum, figures.exact_quorum),
    ):
        assert 0 <= coarse.named <= exact.named <= 1000
        assert 0 < coarse.guessed <= exact.guessed <= 1000
        assert coarse.alike >= exact.alike >= 1
    assert figures.unique_rounded * 1000 <= figures.rounded_all.named * len(areas)
    assert figures == read_back(document(WHOLE, figures))


def test_the_document_holds_sums_only() -> None:
    """The same roll in any order gives the same bytes; no single owner's area and no odd sign is in them."""
    areas = [*HOMES, 13_579, 24_680]
    text = document(Subject("万家*花园", "1,2/3", 1_800_000_000), figures_of(areas))
    assert text == document(Subject("万家*花园", "1,2/3", 1_800_000_000), figures_of(areas[::-1]))
    for area in areas:
        assert f"{area / 100:.2f}" not in text
        assert not re.search(rf"\b{area}\b", text)
    assert "万家\\*花园" in text
    assert "2027-01-15" in text
    assert "$" not in text


def test_what_is_not_a_check_is_not_read() -> None:
    """Any other document, one of another format, one with a figure missing: nothing is made of it."""
    good = document(WHOLE, figures_of(HOMES))
    assert isinstance(read_back(good), Figures)
    for bad in (
        "",
        "```json\n[]\n```",
        "```json\n{\n```",
        good.replace("wanjia-privacy-1", "wanjia-privacy-2"),
        good.replace('"owners": 120, ', ""),
        good.replace('"two": {', '"two": {"three": 1, '),
        good.replace('"owners": 120', '"owners": "120"'),
        good.replace('"crowds": [0', '"crowds": [0.5'),
    ):
        assert read_back(bad) is None


def test_a_roll_of_one_owner_is_no_secret() -> None:
    """One owner is named whatever is published."""
    figures = figures_of([9_000])
    assert figures.rounded_all == Lone(1000, 1000, 1)
    assert figures.two == Two(both_named=1000, one_named=1000, alike=1)
    assert [tenths(each) for each in (0, 4, 10, 13, 1000)] == ["0", "0.4", "1", "1.3", "100"]
