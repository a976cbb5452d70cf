"""What every service on the bus can do besides its own questions and commands."""

from __future__ import annotations

from typing import Any

from nameko import config
from nameko.timer import timer

from shared.messaging import retelling
from shared.messaging.publisher import connect
from shared.messaging.repair import EVERY, Questions, Repair
from shared.messaging.rpc import entrypoint
from shared.messaging.topology import SUBSCRIPTIONS
from shared.messaging.workers import RequestContext


class BusService:
    """Tells its log again to who missed it, and looks for what it missed itself."""

    name: str
    app: Any

    request = RequestContext()

    @entrypoint  # type: ignore[untyped-decorator] # nameko has no types
    def told(self, inbox: str, after: int) -> dict[str, Any]:
        return retelling.retold(self.app, inbox, after)

    @timer(interval=EVERY)  # type: ignore[untyped-decorator] # nameko has no types
    def repair(self) -> None:
        if self.name in SUBSCRIPTIONS:
            with connect(config["AMQP_URI"]) as connection:
                questions = Questions(connection, self.name)
                self._repair(questions).look()

    def _repair(self, questions: Questions) -> Repair:
        on_message = type(self).on_message  # type: ignore[attr-defined]
        return Repair(
            inbox=self.name,
            app=self.app,
            handle=self.app.handle,
            understands=on_message,
            ask=questions.ask,
        )
