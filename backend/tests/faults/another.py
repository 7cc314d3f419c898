"""A second process, as far as runs are concerned: workers of another name on the same stores and queues."""

from dataclasses import replace

from backend.container import Container
from backend.container.runs import RunParts, RunServices, run_services


def run_services_beside(container: Container, parts: RunParts | None = None) -> RunServices:
    """What another process would work on runs with; its own vendors' parts if given."""
    return run_services(
        container.settings,
        replace(parts or container.parts.runs, worker="another"),
        pipeline=container.pipeline,
        resumes=container.resumes,
        tailorings=container.parts.tailorings,
        usages=container.usages,
        jobs=container.jobs,
        privacy=container.privacy,
        clock=container.parts.clock,
        ids=container.parts.ids,
    )
