"""The measure of intake: a Flask route that reads JSON and answers JSON, and does nothing else."""

from flask import Flask, Response, jsonify, request


def make() -> Flask:
    """Build the application."""
    app = Flask(__name__)

    @app.post("/bare")
    def bare() -> Response:
        body = request.get_json()
        return jsonify(received=body["voter"])

    return app
