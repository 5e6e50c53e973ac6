"""Shortening services: their links say nothing of where they lead, and nothing here goes to ask them.

The short addresses of platforms themselves (t.co, fb.me, lnkd.in, vt.tiktok.com) are read by each platform's
own module. Pages that gather links (linktr.ee and its kind) are sites, not short links.
"""

from typing import Final

_DOMAINS: Final = frozenset(
    """
    1url.com adf.ly bit.do bit.ly bitly.com bitly.ws bl.ink bom.so buff.ly by.com.vn byvn.net clck.ru
    cutt.ly dub.sh goo.gl goo.su is.gd j.mp kutt.it me2.do onelink.me ow.ly page.link qr.ae qrco.de rb.gy
    rebrand.ly s.id short.gy shorte.st shorten.asia shorturl.asia shorturl.at snip.ly soo.gd surl.li surl.lt
    t.ly t2m.io tiny.cc tiny.one tinyurl.com tny.im u.to urlz.fr v.gd x.gd
    """.split()  # noqa: SIM905  # a list of words reads best as words
)


def is_shortener(host: str) -> bool:
    """Tell whether a lower-case host is a shortening service's, or one lent by it ("ten.short.gy")."""
    return any(host == domain or host.endswith(f".{domain}") for domain in _DOMAINS)
