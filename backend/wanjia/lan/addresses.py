"""Which address of this machine its neighbours on the local network reach."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

LOCAL_NETWORKS = tuple(
    ip_network(each)
    for each in (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8"),
        *("100.64.0.0/10", "192.0.2.0/24", "198.18.0.0/15", "fc00::/7", "fe80::/10", "::1/128"),
    )
)
"""Networks that are not reached from the internet (RFC 6890); the home-made certificate is good for them only."""
_ELSEWHERE = ("192.0.2.1", 9)
"""Any address away from this machine will do: connecting a datagram socket chooses a route and sends nothing."""

Address = IPv4Address | IPv6Address


class NoLocalAddress(RuntimeError):
    """There is no address to serve on; the text says what to do."""


def local_address(given: str | None = None) -> Address:
    """Give the address to serve on: the one ``given``, else the default route's.

    Raises ``NoLocalAddress`` for what is no address, not this machine's, or reached from the internet.
    """
    text = given or _default_route()
    try:
        address = ip_address(text)
    except ValueError:
        raise NoLocalAddress(f"{text} 不是 IP 地址 / is not an IP address") from None
    if not any(address in network for network in LOCAL_NETWORKS):
        raise NoLocalAddress(
            f"{address} 不是局域网地址；对外的网站要用正式的证书 / is not a local network's: a public site needs "
            "a public certificate"
        )
    if not _is_ours(address):
        raise NoLocalAddress(f"{address} 不是这台电脑的地址 / is not an address of this machine")
    return address


def local_name() -> str:
    """The name by which devices that speak mDNS find this machine."""
    return socket.gethostname().split(".")[0].lower() + ".local"


def written(address: Address) -> str:
    """The address as it stands in a link."""
    return f"[{address}]" if isinstance(address, IPv6Address) else str(address)


def _default_route() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
        except OSError:
            raise NoLocalAddress(
                "这台电脑没有连接网络；可用 --lan 后面的地址指定 / no network: name the address after --lan"
            ) from None
        return str(probe.getsockname()[0])


def _is_ours(address: Address) -> bool:
    family = socket.AF_INET6 if isinstance(address, IPv6Address) else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True
