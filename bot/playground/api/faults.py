"""What can go wrong between the bot and Telegram, set by tests."""

from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Counted = Literal["broken", "flooded", "nonsense", "unheard", "drop"]
Fault = Literal["away"] | Counted
_COUNTED: tuple[Counted, ...] = get_args(Counted)


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
    flooded: int = Field(0, ge=0, description="answer 429 without doing anything")
    retry_after: int = Field(1, ge=1, description="seconds that 429 asks for")
    nonsense: int = Field(0, ge=0, description="do what is asked, then answer `words`")
    unheard: int = Field(0, ge=0, description="answer `words` without doing anything")
    words: str = Field("<html>what?</html>", description="what is no answer of Telegram's")
    words_status: int = Field(200, ge=200, le=599)
    away: bool = Field(False, description="cut every connection without doing anything")
    silent: str = Field("", description="a method that is never answered, nor done")
    polling: bool = Field(False, description="strike getUpdates too")

    def strike(self, method: str) -> Fault | None:
        """The fault this call gets; counted down."""
        if self.away:
            return "away"
        if method == "getupdates" and not self.polling:
            return None
        for kind in _COUNTED:
            if left := getattr(self, kind):
                setattr(self, kind, left - 1)
                return kind
        return None
