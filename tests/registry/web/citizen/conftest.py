from tests.registry.lookup.conftest import director, enrol, health, page, province

__all__ = ["director", "enrol", "health", "page", "province"]
