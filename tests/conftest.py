"""How the tests run, and databases for those that need real ones: started when the first of them asks, or named."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest

from tests.live.databases import postgresql, redis
from tests.live.processes import NotHere


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The URL of an empty PostgreSQL database: VASCULAR_CDS_TEST_POSTGRESQL, or one of our own."""
    yield from _named_or_started("VASCULAR_CDS_TEST_POSTGRESQL", postgresql)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of an empty Redis: VASCULAR_CDS_TEST_REDIS, or one of our own."""
    yield from _named_or_started("VASCULAR_CDS_TEST_REDIS", lambda: redis(tmp_path_factory.mktemp("redis")))


def _named_or_started(variable: str, start: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    with ExitStack() as until_the_end:
        try:
            url = os.environ.get(variable) or until_the_end.enter_context(start())
        except NotHere as reason:
            pytest.skip(f"{variable} is not set, and {reason}")
        yield url


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the thousands of collected tests: it would walk them all again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores: some tests wait for servers that hang on purpose."""
    return (os.cpu_count() or 1) + 1
