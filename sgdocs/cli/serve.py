"""`sgdocs serve`, `worker` and `demo`: the processes."""

import gc
import os
import threading
from datetime import UTC, datetime
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from sgdocs import migrations
from sgdocs import worker as loop
from sgdocs.base import clock
from sgdocs.base.instance import instance_of
from sgdocs.base.settings import DEFAULT_SECRET, Settings
from sgdocs.cli._ground import NotDone, open_services, say
from sgdocs.seed import demo as seed
from sgdocs.web.app import create_app
from sgdocs.wiring import Services, services_of

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECRET_CHARACTERS = 32
WORKER_WAITS_S = 1.5
WARM_AFTER_S = 2

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]
Now = Annotated[str, typer.Option(help="Act as if it were then, as 2026-05-01T09:00:00Z; training only.")]


def application() -> FastAPI:
    """What each server process runs."""
    services = services_of(Settings())
    _warm(services)
    return create_app(services)


def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Annotated[int, typer.Option(min=1, help="Server processes; one a core.")] = 1,
    with_worker: Annotated[bool, typer.Option(help="Run the worker in this process too.")] = False,
) -> None:
    """Serve the pages and the API.

    Example: sgdocs serve --host 0.0.0.0 --processes 2
    """
    services = open_services()
    _require_secret(services.settings)
    if with_worker and processes > 1:
        raise NotDone("--with-worker is for one process; run `sgdocs worker` beside several")
    _listen(services, host, port, processes=processes, with_worker=with_worker)


def worker(
    once: Annotated[bool, typer.Option(help="Do what is due and end.")] = False,
    now: Now = "",
) -> None:
    """Index, send letters, keep deadlines.

    Example: sgdocs worker --once
    """
    services = open_services()
    if now:
        _move_clock(services, now)
    if once:
        at = clock.now() if now else None
        loop.drain(services, at)
        loop.tidy(services, at)
        return
    if now:
        raise NotDone("--now goes with --once")
    loop.run_here(services)


def demo(host: Host = "127.0.0.1", port: Port = 8000, now: Now = "") -> None:
    """Create and serve a demonstration with invented people, on this machine only.

    Example: SGDOCS_HOME=/tmp/try sgdocs demo --port 8080
    """
    if host not in LOOPBACK:
        raise NotDone(f"the demonstration has known passwords and listens on 127.0.0.1 only, not on {host}")
    os.environ["SGDOCS_DEMO"] = "1"
    os.environ["SGDOCS_PUBLIC_URL"] = f"http://{host}:{port}"
    services = services_of(Settings())
    migrations.upgrade(services.database, training=True)
    _require_training(services)
    if now:
        _move_clock(services, now)
    say("Loading the demonstration data …")
    logins = seed.load(services)
    say(f"\n  sgdocs is at http://{host}:{port}  (stop it with Ctrl-C)\n")
    for login in logins:
        say(f"  {login.role:<28} {login.email:<34} {login.password}")
    say("")
    _listen(services, host, port, with_worker=True)


def _listen(services: Services, host: str, port: int, *, processes: int = 1, with_worker: bool = False) -> None:
    options = {
        "host": host,
        "port": port,
        "log_level": "warning",
        "access_log": False,  # addresses of calendars bear keys
        "proxy_headers": False,
        "server_header": False,
        "ws": "none",
        "timeout_graceful_shutdown": 30,
    }
    if processes > 1:
        uvicorn.run("sgdocs.cli.serve:application", factory=True, workers=processes, **options)  # type: ignore[arg-type]
        return
    _warm(services)
    stop = threading.Event()
    thread = threading.Thread(target=_work, args=(services, stop), name="worker")
    if with_worker:
        thread.start()
    try:
        uvicorn.run(create_app(services), **options)  # type: ignore[arg-type]
    finally:
        stop.set()
        if with_worker:
            thread.join(timeout=30)


def _warm(services: Services) -> None:
    """Once the first pages have gone: have a reader before the first file comes; look no more through what stays.

    A full collection over all that was imported costs a request in five 0.2 s.
    """

    def settle() -> None:
        gc.collect()
        gc.freeze()
        services.readers.warm()

    timer = threading.Timer(WARM_AFTER_S, settle)
    timer.daemon = True
    timer.start()


def _move_clock(services: Services, now: str) -> None:
    """For this process, on a training instance."""
    _require_training(services)
    clock.move(_instant(now))


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise NotDone(f"--now: “{text}” is no instant; write 2026-05-01T09:00:00Z") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _work(services: Services, stop: threading.Event) -> None:
    """The worker beside the server in one process; it lets the first pages go before it."""
    if not stop.wait(WORKER_WAITS_S):
        loop.run(services, stop)


def _require_secret(settings: Settings) -> None:
    if settings.demo:
        raise NotDone("SGDOCS_DEMO is for `sgdocs demo` only")
    if settings.secret == DEFAULT_SECRET or len(settings.secret) < SECRET_CHARACTERS:
        raise NotDone(f"set SGDOCS_SECRET to at least {SECRET_CHARACTERS} random characters: `openssl rand -hex 32`")


def _require_training(services: Services) -> None:
    with services.database.reading() as session:
        instance = instance_of(session)
        training = instance is not None and instance.training
    if not training:
        raise NotDone("this is not a training instance; its clock and its people are real")
