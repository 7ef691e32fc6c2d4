"""What every test may use. The fixtures themselves stand in `tests/support`."""

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import run

pytest_plugins = [
    "tests.support.network",
    "tests.support.databases",
    "tests.support.services",
    *(f"tests.{name}" for name in ("make", "cast") if (Path(__file__).parent / f"{name}.py").exists()),
]

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

NEEDED = ("browser", "postgres")
"""Marks of tests that may be skipped on a machine that lacks something, but not when SGDOCS_CI=1."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        choices=("sqlite", "postgres", "both"),
        default="both",
        help="on which databases the tests run that use `database`",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes its folder; workers inherit it by the environment.

    Settings of whoever runs the tests are taken out of the environment.
    """
    for name in [n for n in os.environ if n.startswith("SGDOCS_") and n != "SGDOCS_CI" and "_TEST_" not in n]:
        del os.environ[name]
    if not hasattr(config, "workerinput"):
        run.keep_bytecode(run.new_folder())


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not look through it again, nor as often as for a small program."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and run.NAMED in os.environ:
        run.end(Path(os.environ.pop(run.NAMED)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if os.environ.get("SGDOCS_CI") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        marks = [name for name in NEEDED if item.get_closest_marker(name)]
        if marks:
            report.outcome = "failed"
            report.longrepr = f"a {marks[0]} test may not be skipped here: {report.longrepr}"
    return report
