from tests.web.conftest import _stores_are_closed

__all__ = ["_stores_are_closed"]
