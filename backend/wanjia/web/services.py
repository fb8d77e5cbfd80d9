"""The wired system of the running application."""

from flask import current_app

from wanjia.bootstrap import Wanjia

EXTENSION = "wanjia"


def services() -> Wanjia:
    """Give the system this application serves."""
    wired: Wanjia = current_app.extensions[EXTENSION]
    return wired
