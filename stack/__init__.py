"""What the registry runs on, on one machine: PostgreSQL and Valkey from wheels, and the launcher.

This package knows nothing of Django or of the registry: it starts servers and says where they are.
"""
