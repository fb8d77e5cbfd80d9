"""The API's description, made from the code, and Swagger UI to read it: everything from this server."""

from pathlib import Path

import flask_openapi3_swagger
from flask import Blueprint, Response, current_app, jsonify, send_from_directory
from flask_openapi3 import OpenAPI

_ASSETS = Path(flask_openapi3_swagger.__file__).parent / "templates" / "swagger"
_DAY = 86_400

_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>万家 API</title>
<link rel="icon" href="/api/docs/images/swagger.svg">
<link rel="stylesheet" href="/api/docs/css/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/js/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"""

_SCRIPT = """SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
})
"""

docs = Blueprint("docs", __name__)


@docs.get("/api/docs")
def page() -> Response:
    """Show Swagger UI."""
    return Response(_PAGE, content_type="text/html; charset=utf-8")


@docs.get("/api/docs/start.js")
def script() -> Response:
    """Start Swagger UI; a file of its own, so that no inline script is needed."""
    return Response(_SCRIPT, content_type="text/javascript; charset=utf-8")


@docs.get("/api/docs/<any(css,js,images):kind>/<name>")
def asset(kind: str, name: str) -> Response:
    """Serve Swagger UI's own files."""
    return send_from_directory(_ASSETS / kind, name, max_age=_DAY)


@docs.get("/api/openapi.json")
def specification() -> Response:
    """Give the OpenAPI document."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  Flask's documented way
    if not isinstance(app, OpenAPI):
        raise TypeError("the application describes no API")
    return jsonify(app.api_doc)
