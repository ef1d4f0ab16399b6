"""A portal that listens on loopback while a test uses it."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from werkzeug.serving import make_server

from mpdi.services import EXTENSION


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application in a thread; give its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    found = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(found, settings=replace(found.settings, public_address=address))
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
