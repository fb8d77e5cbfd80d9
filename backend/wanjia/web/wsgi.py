"""Entry of the web server: ``gunicorn 'wanjia.web.wsgi:make()'``."""

from flask import Flask

from wanjia.bootstrap import bootstrap
from wanjia.config import load_settings
from wanjia.web.app import create_app
from wanjia.web.logs import log_as_json


def make() -> Flask:
    """Read the settings, wire the system and build the application."""
    log_as_json()
    return create_app(bootstrap(load_settings()))
