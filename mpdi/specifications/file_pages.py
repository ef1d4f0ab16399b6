"""Files given to download."""

import io

from flask import send_file
from werkzeug.wrappers import Response

from mpdi.documents.docx_package import MEDIA_TYPE


def download_of(content: bytes, name: str, kind: str = MEDIA_TYPE) -> Response:
    """Return a file to download, a .docx unless said otherwise; no cache may answer in its place."""
    response = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
