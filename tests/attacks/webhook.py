"""The program where Telegram sends it updates, at a port that attackers reach too."""

from tests.ports import free_port
from tests.stories.stage import Stage

TELEGRAM, PROXY = "127.0.0.1", "127.7.0.1"
"""Of the addresses of this machine, those that are Telegram's and a trusted proxy's; 127.8.0.0/16 is anybody's."""


async def with_webhook(stage: Stage, **settings: str) -> int:
    """Start the program; return its port."""
    port = free_port()
    given = {
        "DONDOC_TELEGRAM__MODE": "webhook",
        "DONDOC_TELEGRAM__WEBHOOK_SECRET": "sesame_sesame_sesame",
        "DONDOC_TELEGRAM__WEBHOOK_RANGES": TELEGRAM,
        "DONDOC_WEB__PORT": str(port),
        "DONDOC_WEB__ADDRESS": f"http://127.0.0.1:{port}",
        "DONDOC_WEB__TRUSTED_PROXIES": PROXY,
    }
    await stage.start_bot(**given | settings)
    return port
