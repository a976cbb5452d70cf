"""One trace from the browser to the last event it caused, by W3C trace context."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.context import attach
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span

HEADER = "traceparent"

_tracer = trace.get_tracer("guichet")


def configure(service: str, endpoint: str | None) -> None:
    """Spans go to the collector at this address; without one they only carry ids."""
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: service}))
    if endpoint:
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint)))
    trace.set_tracer_provider(provider)


def current() -> str:
    """The trace context of this moment, empty when nobody traces."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get(HEADER, "")


@contextmanager
def span(name: str, parent: str) -> Iterator[None]:
    """Work done for whoever sent this trace context."""
    context = propagate.extract({HEADER: parent}) if parent else None
    with _tracer.start_as_current_span(name, context=context):
        yield


def begin(name: str, parent: str) -> Span:
    """A span that a framework ends elsewhere; everything until then is its child."""
    context = propagate.extract({HEADER: parent}) if parent else None
    started = _tracer.start_span(name, context=context)
    attach(trace.set_span_in_context(started))
    return started
