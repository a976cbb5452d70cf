"""What every service on the bus can do besides its own questions and commands."""

from __future__ import annotations

from functools import cache
from typing import Any

from nameko import config
from nameko.timer import timer

from shared import actor
from shared.messaging import operations, retelling
from shared.messaging.operations import Operations, Understood
from shared.messaging.publisher import connect
from shared.messaging.repair import EVERY, Compared, Questions, Repair
from shared.messaging.rpc import entrypoint, question
from shared.messaging.topology import SUBSCRIPTIONS
from shared.messaging.workers import RequestContext


class BusService:
    """Tells its log again to who missed it, and looks for what it missed itself."""

    name: str
    app: Any

    request = RequestContext()

    @entrypoint  # type: ignore[untyped-decorator] # nameko has no types
    def told(self, inbox: str, after: int, until: int) -> dict[str, Any]:
        return retelling.retold(self.app, inbox, after, until)

    @question
    def standing(self) -> dict[str, Any]:
        """For its operators: the inboxes of this service, and the end of its log."""
        operations.require_operator(actor.current())
        with operations.reaching(config["AMQP_URI"]) as connection:
            inboxes = Operations(connection, self.name).standing()
        return {"inboxes": inboxes, "log": self.app.standing()}

    @question
    def redrive(self, inbox: str) -> dict[str, int]:
        """Handle again what lies in the dead letters of an inbox."""
        operations.require_operator(actor.current())
        with operations.reaching(config["AMQP_URI"]) as connection:
            reader = self.readers().get(inbox)
            return Operations(connection, self.name).redrive(inbox, reader)

    def readers(self) -> dict[str, Understood]:
        """The inboxes this process itself hears; workers hear the others."""
        on_message = type(self).on_message  # type: ignore[attr-defined]
        return {self.name: Understood(self.app, self.app.handle, on_message)}

    @timer(interval=EVERY)  # type: ignore[untyped-decorator] # nameko has no types
    def repair(self) -> None:
        if self.name in SUBSCRIPTIONS:
            with connect(config["AMQP_URI"]) as connection:
                for each in self.repairs(Questions(connection, self.name)):
                    each.look()

    def repairs(self, questions: Questions) -> list[Repair]:
        """One for each inbox that this service hears."""
        on_message = type(self).on_message  # type: ignore[attr-defined]
        return [self.repair_of(self.name, self.app, on_message, questions)]

    def repair_of(
        self, inbox: str, app: Any, understands: Any, questions: Questions
    ) -> Repair:
        return Repair(
            inbox=inbox,
            app=app,
            handle=app.handle,
            understands=understands,
            ask=questions.ask,
            is_waiting=questions.is_waiting,
            seen=seen(inbox),
        )


@cache
def seen(inbox: str) -> dict[str, Compared]:
    """How far this process has compared each log: it starts there the next time."""
    return {}
