"""Where a webhook may go: the open internet over HTTPS, never our own network (server-side request forgery)."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# NAT64 (RFC 6052).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address with the one IP to connect to, so that a second look-up cannot lead elsewhere."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def checked(url: str) -> Target:
    """Raises Refused unless every address of the host is a public one. CLOTHIER_WEBHOOK_HOSTS may name exceptions."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    trusted = host in settings.WEBHOOK_HOSTS
    if parts.scheme != "https" and not (trusted and parts.scheme == "http"):
        raise Refused(_("地址应以 https:// 开头"), field="url")
    if not host or parts.username or parts.password:
        raise Refused(_("这不是有效的地址"), field="url")
    port = port or (443 if parts.scheme == "https" else 80)
    addresses = _addresses(host, port)
    if not trusted and not all(_public(ipaddress.ip_address(each)) for each in addresses):
        raise Refused(_("不能发往内部网络的地址"), field="url")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses[0])


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(_("找不到这个主机：%(host)s") % {"host": host}, field="url") from None
    return [str(each[4][0]).partition("%")[0] for each in found]


def _public(address: _Address) -> bool:
    """Somebody's on the open internet, and theirs alone; an IPv4 address dressed as IPv6 is judged as what it is."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _dressed(address)):
        return _public(inner)
    return address.is_global and not address.is_multicast


def _dressed(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """::ffff:10.0.0.1, 2002:0a00:1:: and 64:ff9b::10.0.0.1 all end at 10.0.0.1 where the network translates."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
