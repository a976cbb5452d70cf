"""Three addresses on a small port: is it alive, is it ready, what does it count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import make_wsgi_app

Check = Callable[[], None]  # raises when what it looks at does not work

Reply = tuple[str, str]


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Probes come every second; nobody reads them."""


class Health:
    """A WSGI application: /live, /ready and /metrics."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._metrics = make_wsgi_app()

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        match environ["PATH_INFO"]:
            case "/metrics":
                return self._metrics(environ, start_response)  # type: ignore[no-any-return]
            case "/ready":
                status, body = self.readiness()
            case _:
                status, body = "200 OK", "alive"
        start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
        return [body.encode()]

    def readiness(self) -> Reply:
        for name, check in self._checks.items():
            try:
                check()
            except Exception as error:  # whatever it is, it makes us not ready
                return "503 Service Unavailable", f"{name}: {type(error).__name__}"
        return "200 OK", "ready"


def start(host: str, port: int | None, checks: Mapping[str, Check]) -> None:
    """Answer probes from now on; without a port nobody asks."""
    if port is not None:
        server = listen(host, port, Health(checks))
        Thread(target=server.serve_forever, daemon=True).start()


def listen(host: str, port: int, health: Health) -> WSGIServer:
    try:
        return make_server(host, port, health, handler_class=Quiet)
    except OSError as error:
        raise SystemExit(
            f"Cannot listen on {host}:{port}: {error.strerror}. Stop the program that "
            "does, or give this process another HEALTH_PORT."
        ) from error
