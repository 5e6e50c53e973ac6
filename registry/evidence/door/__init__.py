"""The one door for all outgoing HTTP.

It opens http and https addresses by name on ports 80 and 443, anonymously and once: no cookies, no
credentials, no proxy of the environment, no connection kept. Every address a name resolves to is judged by
our own list before anything is sent, and again for each redirect. Time, headers and body are capped.

It stands on httpcore, the transport under httpx, and not on httpx or requests: what those add (cookies,
redirects, netrc, proxies of the environment, unbounded decompression) would have to be taken out again.
"""

from registry.evidence.door.errors import DoorError
from registry.evidence.door.fetching import Door, Fetched, Limits, is_open
from registry.evidence.door.target import Target

__all__ = ["Door", "DoorError", "Fetched", "Limits", "Target", "is_open"]
