"""Where updates are sent when the bot does not fetch them."""

import re
import ssl
from urllib.parse import urlsplit

from bot.playground.api.call import Call
from bot.playground.api.messages import Json
from bot.playground.api.refused import bad_request, conflict
from bot.playground.emulator import Emulator, Hook

_PORTS = {None, 80, 88, 443, 8443}


def set_webhook(emulator: Emulator, call: Call) -> bool:
    """From here on updates are sent there, and getUpdates is refused."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(emulator, call)
    _check(url)
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    connections = min(max(call.number("max_connections", 40), 1), 100)
    emulator.webhook = Hook(url, secret, connections, _trusted(call))
    if (allowed := call.json("allowed_updates")) is not None:
        emulator.updates.allowed = allowed or None
    emulator.updates.release(conflict("terminated by setWebhook request"))
    emulator.hooked.set()
    return True


def delete_webhook(emulator: Emulator, call: Call) -> bool:
    """Back to getUpdates."""
    emulator.webhook = None
    emulator.hooked.clear()
    emulator.updates.release()
    if call.flag("drop_pending_updates"):
        emulator.updates.drop()
    return True


def get_webhook_info(emulator: Emulator, call: Call) -> Json:
    """The address, and how many updates wait."""
    hook = emulator.webhook
    known: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": bool(hook and hook.trusted),
        "pending_update_count": len(emulator.updates),
    }
    if hook:
        known["max_connections"] = hook.max_connections
    if hook and hook.last_error:
        known |= {"last_error_message": hook.last_error, "last_error_date": hook.last_error_date}
    allowed = emulator.updates.allowed
    return known | ({"allowed_updates": allowed} if allowed else {})


def _check(url: str) -> None:
    """Raises Refused for what Telegram sends nothing to; this machine is allowed without HTTPS."""
    parts = urlsplit(url)
    if parts.hostname == "127.0.0.1":
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _trusted(call: Call) -> ssl.SSLContext | None:
    """The one certificate that is trusted, where one came along. Raises Refused."""
    upload = call.files.get("certificate") or next(iter(call.files.values()), None)
    if upload is None:
        return None
    try:
        return ssl.create_default_context(cadata=upload.content.decode("ascii"))
    except (UnicodeDecodeError, ssl.SSLError):
        raise bad_request("bad webhook: Failed to load certificate") from None
