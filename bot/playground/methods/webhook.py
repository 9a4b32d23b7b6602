"""Where updates are sent when the bot does not fetch them."""

from bot.playground.call import Call
from bot.playground.emulator import Emulator
from bot.playground.messages import Json
from bot.playground.refused import bad_request, conflict


def set_webhook(emulator: Emulator, call: Call) -> bool:
    """From here on updates are sent there, and getUpdates is refused."""
    url = call.text("url")
    if not url:
        return delete_webhook(emulator, call)
    if not url.startswith(("https://", "http://127.0.0.1")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    emulator.webhook = {"url": url, "secret_token": call.text("secret_token")}
    if (allowed := call.json("allowed_updates")) is not None:
        emulator.updates.allowed = allowed or None
    emulator.updates.release(conflict("terminated by setWebhook request"))
    emulator.hooked.set()
    return True


def delete_webhook(emulator: Emulator, call: Call) -> bool:
    """Back to getUpdates."""
    emulator.webhook = {}
    emulator.hooked.clear()
    emulator.updates.release()
    if call.flag("drop_pending_updates"):
        emulator.updates.drop()
    return True


def get_webhook_info(emulator: Emulator, call: Call) -> Json:
    """The address, and how many updates wait."""
    known = {
        "url": emulator.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(emulator.updates),
    }
    if error := emulator.webhook.get("last_error"):
        known |= {"last_error_message": error, "last_error_date": int(emulator.clock.now())}
    allowed = emulator.updates.allowed
    return known | ({"allowed_updates": allowed} if allowed else {})
