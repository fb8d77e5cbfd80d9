"""Buildings for ``wanjia simulate``: as many flats as asked for, in towers like the sample's."""

from wanjia.sample.buildings import Entrance

_FLATS_A_TOWER = 120


def towers(flats: int) -> list[Entrance]:
    """Give entrances that hold ``flats`` flats of 68 to 143 m². Raises ``ValueError`` below 10 flats."""
    if flats < 10:  # noqa: PLR2004  hard cases of ownership need some flats
        raise ValueError("a simulated community has at least 10 flats")
    sizes = [_FLATS_A_TOWER] * (flats // _FLATS_A_TOWER)
    if flats % _FLATS_A_TOWER:
        sizes.append(flats % _FLATS_A_TOWER)
    return [
        Entrance(
            "模拟小区", "模拟区", "模拟路1号", "住宅", "模拟置业有限公司", str(at), "1", size, 6_800, 14_300
        )
        for at, size in enumerate(sizes, start=1)
    ]
