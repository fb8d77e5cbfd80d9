"""The built front end.

Its files as they are, and its one page for every address that is no file and no API.
"""

import mimetypes
from os.path import isfile
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from wanjia.domain.errors import Refusal

PAGE = "index.html"
mimetypes.add_type("application/manifest+json", ".webmanifest")
_FOR_EVER = "public, max-age=31536000, immutable"


def serve_frontend(app: Flask, folder: Path) -> None:
    """Serve ``folder``; where it is not built, every page answers ``NOT_FOUND``."""

    def frontend(path: str = "") -> Response:
        if path.startswith("api/") or path == "api" or not (folder / PAGE).is_file():
            raise Refusal("NOT_FOUND")
        found = safe_join(str(folder), path)
        # os.path.isfile: an address longer than any file's name is no file, where Path.is_file raises
        name = path if path and found is not None and isfile(found) else PAGE  # noqa: PTH113
        if name == PAGE and "." in path.rsplit("/", 1)[-1] and path != PAGE:
            raise NotFound
        response = _send(folder, name)
        # Vite puts a content hash into the names of its assets; the page itself must always be asked for
        response.headers["Cache-Control"] = _FOR_EVER if name.startswith("assets/") else "no-cache"
        return response

    app.add_url_rule("/", "frontend", frontend)
    app.add_url_rule("/<path:path>", "frontend", frontend)


def _send(folder: Path, name: str) -> Response:
    """Send a file, or the gzipped copy that the build wrote beside it to whoever takes one."""
    copied = (folder / f"{name}.gz").is_file()
    if not copied:
        return send_from_directory(folder, name, conditional=True)
    if request.accept_encodings["gzip"]:
        media_type = mimetypes.guess_type(name)[0]
        response = send_from_directory(folder, f"{name}.gz", mimetype=media_type, conditional=True)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = send_from_directory(folder, name, conditional=True)
    response.vary.add("Accept-Encoding")
    return response
