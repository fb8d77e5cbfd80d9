"""Draws the installed app's icons from ``icon.svg``: ``.venv/bin/python tests/browser/icons.py``."""

from pathlib import Path

from headless import open_browser

PUBLIC = Path(__file__).resolve().parents[2] / "frontend" / "public"
SIZES = {"icon-192.png": 192, "icon-512.png": 512, "icon-maskable-512.png": 512, "apple-touch-icon.png": 180}
WHOLE = {"icon-192.png", "icon-512.png"}
"""Drawn as they are; of the others systems cut the edge off, so the sign stands smaller on a full ground."""
GROUND = "#1c5a4c"


def draw() -> None:
    """Write every size to the front end's public folder."""
    sign = (PUBLIC / "icon.svg").read_text(encoding="utf-8")
    with open_browser() as chromium:
        for name, size in SIZES.items():
            page = chromium.new_page(viewport={"width": size, "height": size})
            whole = name in WHOLE
            width = size if whole else round(size * 0.76)
            page.set_content(
                f"<style>html, body {{ margin: 0; height: 100%; background: {'none' if whole else GROUND} }}"
                "body { display: grid; place-items: center }"
                f"svg {{ width: {width}px; height: {width}px }}</style>{sign}"
            )
            page.screenshot(path=PUBLIC / name, omit_background=True)
            page.close()


if __name__ == "__main__":
    draw()
