"""The clocks that a step starts: which, for what, since when; each is started once."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from foreigners.services.attempt import Attempt
from foreigners.services.guards import ORDER_CLOCK, is_approved_exception

FORWARD_CLOCK = "forward"
SPDP_CLOCK = "spdp"


@dataclass(frozen=True)
class Start:
    """``about`` is the row that the clock belongs to, as ``start_clock`` takes it."""

    code: str
    on: dt.date
    about: dict[str, Any] = field(default_factory=dict)


Starts = Callable[[Attempt], Iterator[Start]]


def after_exception(attempt: Attempt) -> Iterator[Start]:
    """Permenimipas 2/2025 art. 30(5): the order follows within a day of the check."""
    started = {clock.order_id for clock in attempt.clocks_called(ORDER_CLOCK)}
    for order in attempt.new_orders:
        owed = is_approved_exception(order) and not order.issued_on
        if owed and order.pk not in started:
            yield Start(ORDER_CLOCK, order.check_on, {"order": order})


def forwarding(attempt: Attempt) -> Iterator[Start]:
    """Art. 73: forwarded with advice within five working days of its receipt."""
    started = {clock.objection_id for clock in attempt.clocks_called(FORWARD_CLOCK)}
    for objection in attempt.open_objections:
        if objection.pk not in started:
            yield Start(FORWARD_CLOCK, objection.received_on, {"objection": objection})


def investigation_notice(attempt: Attempt) -> Iterator[Start]:
    """Permenkumham 39/2021 art. 27: SPDP within seven days of the investigation order."""
    started = {clock.prosecution_id for clock in attempt.clocks_called(SPDP_CLOCK)}
    for prosecution in attempt.prosecutions:
        if prosecution.spdp_sent_on is None and prosecution.pk not in started:
            yield Start(
                SPDP_CLOCK, prosecution.ordered_on, {"prosecution": prosecution}
            )
