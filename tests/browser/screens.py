"""Takes pictures of every page on a phone and on a desk: ``make screens`` writes them to ``var/screens``."""

import argparse
import base64
import html
import sys
import tempfile
from pathlib import Path
from random import shuffle

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))

from every_page import Fills, appear, hold, owners_way, route_of, settle, stops, visit  # noqa: E402
from headless import open_browser  # noqa: E402
from phone import Phone  # noqa: E402
from traces import Place  # noqa: E402

from running_world import sample_running  # noqa: E402

SIZES = {"phone": (360, 740), "desk": (1280, 800)}
LOOKS = {"dark": {"theme": "dark"}, "large": {"size": "large"}, "english": {"language": "en"}}
FOR_THE_README = {
    ("meeting-open-anyone", "phone"): "meeting",
    ("vote-first-owner", "phone"): "vote",
    ("receipt-recorded-owner", "phone"): "receipt",
    ("result-finished-anyone", "phone"): "result",
}
"""Pictures that the READMEs show: (page, size) -> name of the file."""
MOST_BYTES = 80_000


class Album:
    """Writes pictures of the page that is open; ``small`` is where the READMEs' pictures go, if they are wanted."""

    def __init__(self, folder: Path, small: Path | None) -> None:
        self.folder, self._small = folder, small
        self.names: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()

    def take(self, phone: Phone, name: str) -> None:
        """Take a page in both sizes; on the phone also in the dark, in large type and in English."""
        for size, (width, height) in SIZES.items():
            phone.page.set_viewport_size({"width": width, "height": height})
            appear(phone)
            self._write(phone, f"{name}.{size}")
            chosen = FOR_THE_README.get((name, size))
            if self._small and chosen:
                _write_small(phone, self._small / f"{chosen}.webp")
            if size == "phone":
                for look, choices in LOOKS.items():
                    appear(phone, **choices)
                    self._write(phone, f"{name}.{look}")
        appear(phone)
        phone.page.set_viewport_size(dict(zip(("width", "height"), SIZES["phone"], strict=True)))

    def _write(self, phone: Phone, name: str) -> None:
        phone.page.screenshot(path=self.folder / f"{name}.png", full_page=True, animations="disabled")
        self.names.append(name)

    def bind(self) -> Path:
        """Write one page that shows them all."""
        figures = "".join(
            f"<figure><a href='{html.escape(name)}.png'><img loading=lazy src='{html.escape(name)}.png'></a>"
            f"<figcaption>{html.escape(name)}</figcaption></figure>"
            for name in self.names
        )
        page = self.folder / "index.html"
        page.write_text(_ALBUM.format(count=len(self.names), figures=figures), encoding="utf-8")
        return page


_ALBUM = """<!doctype html><meta charset=utf-8><title>万家: {count}</title><style>
body {{ font: 14px sans-serif; display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }}
figure {{ margin: 0; max-width: 30vw }} img {{ max-width: 100%; max-height: 70vh; border: 1px solid #999 }}
</style>{figures}"""


def _write_small(phone: Phone, path: Path) -> None:
    """Write what the screen shows, small enough for a repository."""
    path.parent.mkdir(parents=True, exist_ok=True)
    phone.page.evaluate("scrollTo(0, 0)")
    session = phone.context.new_cdp_session(phone.page)
    for quality in (85, 70, 50):
        taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        content = base64.b64decode(taken["data"])
        if len(content) < MOST_BYTES:
            path.write_bytes(content)
            return
    raise ValueError(f"{path.name} stays over {MOST_BYTES} bytes")


def take_all(place: Place, album: Album, only: set[str]) -> None:
    """Visit every page as everyone who may open it; ``only`` some routes, if any are named."""
    with open_browser() as chromium:
        with hold(chromium, place) as phone:
            listed = [stop for stop in stops(phone, Fills(chromium, place)) if stop.route in only or not only]
        for who in dict.fromkeys(stop.who for stop in listed):
            with hold(chromium, place, who) as phone:
                for stop in (each for each in listed if each.who == who):
                    visit(phone, stop.path)
                    album.take(phone, stop.name)
                _tell(phone.faults)
        with hold(chromium, place) as phone:
            for state in owners_way(phone):
                settle(phone)
                route = route_of(phone)
                if route in only or not only:
                    album.take(phone, f"{route}-{state}-owner")
            _tell(phone.faults)


def _tell(faults: list[str]) -> None:
    for fault in faults:
        print(fault, file=sys.stderr)  # noqa: T201  this program talks


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a sample world that is running; without it one is made")
    parser.add_argument("--home", type=Path, default=Path("var"), help="its home folder")
    parser.add_argument("--into", type=Path, default=TOP / "var" / "screens")
    parser.add_argument("--readme", action="store_true", help="write docs/screens too")
    parser.add_argument("--only", action="append", default=[], help="a route's name; may be repeated")
    chosen = parser.parse_args()
    only = set(chosen.only)
    album = Album(chosen.into, TOP / "docs" / "screens" if chosen.readme else None)
    if chosen.url:
        place = Place.of(chosen.home, chosen.url)
        shuffle(place.owners)  # the first ones may have registered in an earlier run
        take_all(place, album, only)
    else:
        with (
            tempfile.TemporaryDirectory(prefix="wanjia-screens-") as home,
            sample_running(Path(home)) as world,
        ):
            take_all(Place.of(Path(home), world.url), album, only)
    print(f"{len(album.names)} pictures: {album.bind()}")  # noqa: T201  this program talks


if __name__ == "__main__":
    main()
