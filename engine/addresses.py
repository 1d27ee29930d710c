"""Taking an address before anything slow is started, so that a taken port is said at once and plainly."""

import errno
import ipaddress
import socket


class AddressTakenError(Exception):
    """The address cannot be listened on; the message is for the person who starts the program."""


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes any free one.

    Raises:
        AddressTakenError: somebody listens there already, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        server.listen(1024)
    except OSError as error:
        server.close()
        raise AddressTakenError(_reason(host, port, error)) from error
    return server


def check_free(host: str, port: int) -> None:
    """Check that a port that another part of the program is about to listen on is free.

    Raises:
        AddressTakenError: it is not.
    """
    listen(host, port).close()


def is_loopback(host: str) -> bool:
    """Whether an address is reachable from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"端口 {host}:{port} 已被其他程序占用，引擎没有启动，数据未受影响。"
            "请停止占用该端口的程序，或用 --rest-port、--grpc-port 换一个端口。"
        )
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {host}:{port}，引擎没有启动，数据未受影响。请换用 1024 以上的端口。"
    return f"无法在 {host}:{port} 上提供服务（{error.strerror}），引擎没有启动，数据未受影响。请检查地址设置。"
