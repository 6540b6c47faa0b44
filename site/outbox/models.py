from outbox.clock import ClockRun
from outbox.effects import Effect
from outbox.leases import Lease

__all__ = ["ClockRun", "Effect", "Lease"]
