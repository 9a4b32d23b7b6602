"""What can go wrong between the bot and Telegram, set by tests."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Faults(BaseModel):
    """How the emulator misbehaves. Counts say how many more calls are struck; getUpdates is spared
    unless `polling` is set.
    """

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    delay_ms: float = Field(0, ge=0, description="every answer comes this much later")
    limits: bool = Field(True, description="answer 429 to who writes too fast")
    drop: int = Field(0, ge=0, description="do what is asked, then cut the connection")
    broken: int = Field(0, ge=0, description="answer `status` without doing anything")
    status: int = Field(502, ge=500, le=599)
    nonsense: int = Field(0, ge=0, description="answer 200 with something that is not JSON")
    away: bool = Field(False, description="cut every connection without doing anything")
    polling: bool = Field(False, description="strike getUpdates too")

    def strike(self, method: str) -> Literal["away", "broken", "nonsense", "drop", None]:
        """The fault this call gets; counted down."""
        if self.away:
            return "away"
        if method == "getupdates" and not self.polling:
            return None
        for kind in ("broken", "nonsense", "drop"):
            if left := getattr(self, kind):
                setattr(self, kind, left - 1)
                return kind
        return None
