"""Security headers of every answer."""

from flask import Flask, Response, g, request

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # The address of a draft is its only key: it must never travel to another site.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Put the headers on every answer, error pages included."""
    app.after_request(_add_headers)


def keep_private() -> None:
    """Mark the answer to this request as private: no cache, browser or proxy, may store it (pages of drafts)."""
    g.is_private = True


def keep_for_going_back() -> None:
    """Let the browser, and it alone, keep a private page that answers a form: Back from the next page shows it again.

    Without its copy the browser could only send the form once more, and shows an error instead.
    """
    g.is_kept_for_going_back = True


def is_kept_for_going_back() -> bool:
    """Whether the answer to this request may be kept by the browser."""
    return bool(g.get("is_kept_for_going_back", False))


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY)
    is_page = response.mimetype == "text/html"
    if g.get("is_private", False):
        response.headers["Cache-Control"] = "private, no-cache" if is_page and is_kept_for_going_back() else "no-store"
    elif is_page and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response
