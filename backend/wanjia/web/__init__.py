"""The HTTP face: app factory, one error handler, OpenAPI, static front end."""
