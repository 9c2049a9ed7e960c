"""Where a webhook may go: the open internet over HTTPS, never our own network (server-side request forgery)."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from clothier.kernel.errors import Refused


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
    if not trusted and not all(ipaddress.ip_address(each).is_global for each in addresses):
        raise Refused(_("不能发往内部网络的地址"), field="url")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, path, addresses[0])


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(_("找不到这个主机：%(host)s") % {"host": host}, field="url") from None
    # An IPv4 address dressed as IPv6 (::ffff:10.0.0.1) is judged as what it is.
    return [str(_plain(ipaddress.ip_address(str(each[4][0]).partition("%")[0]))) for each in found]


def _plain(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address
