"""The web application: routes, and what every request must pass."""

from pathlib import Path

from flask import Flask
from flask_openapi3 import Info, OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from wanjia import __version__
from wanjia.bootstrap import Wanjia
from wanjia.paths import FRONTEND_DIST
from wanjia.web.address_limits import limit_addresses
from wanjia.web.direct import DirectBallots
from wanjia.web.docs import docs
from wanjia.web.frontend import serve_frontend
from wanjia.web.observing import observe
from wanjia.web.parsing import BoundedJson, bound_recursion
from wanjia.web.policy import enforce
from wanjia.web.problems import refuse_invalid, register_problems
from wanjia.web.routes import (
    ballots,
    codes,
    communities,
    concerns,
    grid,
    household,
    identity,
    key_changes,
    objections,
    overview,
    owner,
    public_roll,
    reviews,
    rpc,
    staff,
    staff_acts,
    staff_concerns,
    staff_follow,
    staff_meetings,
    staff_people,
    staff_plans,
    staff_privacy,
    staff_roll,
    system,
    trustee_seats,
    trustees,
    voices,
)
from wanjia.web.schemas.common import Problem
from wanjia.web.security import secure
from wanjia.web.services import EXTENSION

_PROBLEM = {
    "description": "RFC 9457",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def create_app(wanjia: Wanjia, *, dist: Path = FRONTEND_DIST, address_limits: bool = True) -> Flask:
    """Build the application over a wired system.

    ``dist`` is the built front end; ``address_limits`` off is for load tests, which come from one address.
    """
    app = OpenAPI(
        __name__,
        info=Info(title="万家 Wanjia", version=__version__, description="业主大会：人人可核对。"),
        doc_ui=False,
        static_folder=None,
        responses={"422": dict(_PROBLEM), "default": dict(_PROBLEM)},
        validation_error_model=Problem,
        validation_error_callback=refuse_invalid,
    )
    app.extensions[EXTENSION] = wanjia
    app.json = BoundedJson(app)
    bound_recursion()
    if wanjia.settings.trusted_proxies:
        hops = wanjia.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    observer = observe(app)
    secure(app, wanjia.settings)
    enforce(app)
    for routes in (
        *(
            communities,
            objections,
            ballots,
            codes,
            identity,
            owner,
            staff,
            staff_meetings,
            staff_plans,
            staff_acts,
            reviews,
        ),
        *(staff_people, key_changes, rpc, system),
        *(staff_roll, staff_follow, staff_privacy, public_roll, trustees, trustee_seats),
        *(household, concerns, voices, staff_concerns, grid, overview),
    ):
        app.register_api(routes.api)
    app.register_blueprint(docs)
    serve_frontend(app, dist)
    register_problems(app)
    if address_limits:
        limit_addresses(app)
    app.wsgi_app = DirectBallots(app, wanjia, observer)  # type: ignore[method-assign]
    return app
