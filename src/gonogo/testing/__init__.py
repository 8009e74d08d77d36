"""For people who write collectors: jobs built from bytes, and the tests that every collector has to pass.

Imports ``plugin``, ``isolate`` and ``model``; gonogo imports it nowhere. ``CollectorConformance`` is imported on
demand, because it starts the whole host of collectors. What only gonogo's own tests need belongs in ``tests``.
"""

from typing import TYPE_CHECKING, Any

from gonogo.testing.jobs import SAMPLE_NOW, answers_of, input_of, job_of

if TYPE_CHECKING:
    from gonogo.testing.conformance import CollectorConformance

__all__ = ["SAMPLE_NOW", "CollectorConformance", "answers_of", "input_of", "job_of"]


def __getattr__(name: str) -> Any:
    if name == "CollectorConformance":
        from gonogo.testing.conformance import CollectorConformance

        return CollectorConformance
    raise AttributeError(name)
