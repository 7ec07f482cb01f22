"""Which addresses may become links: those of the web and of DOIs, and no others."""

from urllib.parse import urlsplit

DOI = "https://doi.org/"


def link_of(address: str | None) -> str | None:
    """Return where an address may lead, or None where it must stay text.

    Examples
    --------
    >>> link_of("https://example.org/a"), link_of("doi:10.1000/182"), link_of("javascript:alert(1)")
    ('https://example.org/a', 'https://doi.org/10.1000/182', None)
    """
    if not address or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:  # an address with brackets that are none of IPv6
        return None
    if parts.scheme in ("http", "https") and parts.netloc:
        return address
    if parts.scheme == "doi" and parts.path.startswith("10."):
        return DOI + address[len("doi:") :]
    return None
