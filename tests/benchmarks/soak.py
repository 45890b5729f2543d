"""How many lints a second the server bears over many connections, and that no write is lost when it is killed under load.

Run by hand: ``python tests/benchmarks/soak.py --seconds 60 --connections 50``; ``--kill`` kills and restarts it meanwhile.
The load comes from processes of its own on the same machine, so what is told is what both sides reach together.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from coltiva.access import mint_link

MESSAGES = [
    f"Hi Ivan, I saw your post on referrals. Could you introduce me to the board of company {n}? Thanks, Ada" for n in range(200)
]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(data: Path, port: int) -> subprocess.Popen[str]:
    """Start the server and wait until it listens."""
    command = [sys.executable, "-u", "-m", "coltiva.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"COLTIVA_DATA": str(data)})
    assert process.stdout is not None
    process.stdout.readline()
    return process


def sign_in(data: Path, port: int) -> dict[str, str]:
    """Return the headers of a session."""
    secret = mint_link(data, time.time())
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", f"/open/{secret}")
    response = connection.getresponse()
    page = response.read().decode()
    token = page.partition('name="coltiva-csrf" content="')[2].partition('"')[0]
    return {"Cookie": (response.getheader("Set-Cookie") or "").partition(";")[0], "X-Coltiva-CSRF": token, "Content-Type": "application/json"}


def request_of(number: int, port: int) -> bytes:
    """Return a lint request whose message is one of ``MESSAGES``."""
    body = json.dumps({"text": MESSAGES[number % len(MESSAGES)], "language": "en", "caret": 5})
    head = f"POST /api/v1/lint HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


class Connection:
    """One connection on which there is always a lint under way.

    Attributes:
        sent: when it was asked for.
    """

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent, self._come = 0.0, b""

    def ask(self, request: bytes) -> None:
        """Send a request, of which nothing has come yet."""
        self.sent, self._come = time.monotonic(), b""
        self.socket.sendall(request)

    def status(self) -> int | None:
        """Take in what has come; return the answer's status once it is whole."""
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionError("the server has closed the connection")
        self._come += part
        head, ended, body = self._come.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0) if ended else None
        return int(head.split(maxsplit=2)[1]) if length is not None and len(body) >= length else None


def load(port: int, connections: int, seconds: float, results: multiprocessing.Queue[tuple[int, float, list[float]]]) -> None:
    """Lint over all *connections* at once for some seconds; tells how many failed, the processor time, and how long each took."""
    selector, times, failed, asked, end = selectors.DefaultSelector(), [], 0, 0, time.monotonic() + seconds
    began = time.process_time()
    requests = [request_of(number, port) for number in range(len(MESSAGES))]
    for asked in range(connections):
        connection = Connection(port)
        connection.ask(requests[asked % len(requests)])
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    while time.monotonic() < end or not times:
        for key, _ in selector.select(1):
            connection = key.data
            status = connection.status()
            if status is None:
                continue
            times.append(time.monotonic() - connection.sent)
            failed += status != 200
            asked += 1
            connection.ask(requests[asked % len(requests)])
    results.put((failed, time.process_time() - began, times))
    for key in list(selector.get_map().values()):
        key.data.socket.close()


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has taken (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(port: int, connections: int, seconds: float, processes: int, server: int) -> None:
    """Print lints a second, failures, latencies, and what each costs the server, whose process id is *server*, and the load."""
    results: multiprocessing.Queue[tuple[int, float, list[float]]] = multiprocessing.Queue()
    share = [connections // processes + (i < connections % processes) for i in range(processes)]
    workers = [multiprocessing.Process(target=load, args=(port, count, seconds, results)) for count in share]
    began, spent = time.monotonic(), processor_seconds(server)
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    took, spent = time.monotonic() - began, processor_seconds(server) - spent
    times = sorted(t for _, _, part in found for t in part)
    done, failed, asking = len(times), sum(one[0] for one in found), sum(one[1] for one in found)
    at = {name: times[min(len(times) - 1, int(len(times) * part))] * 1000 for name, part in (("p50", 0.5), ("p99", 0.99))}
    print(f"{done} lints in {took:.1f} s over {connections} connections: {done / took:.0f}/s, {failed} failed, p50 {at['p50']:.1f} ms, p99 {at['p99']:.1f} ms")
    print(f"the server took {spent:.1f} s of processor, {spent / done * 1000:.2f} ms a lint: at most {done / spent:.0f}/s with a core of its own")
    print(f"the load took {asking:.1f} s, {asking / done * 1000:.2f} ms a lint")


def kill_under_load(data: Path, rounds: int, writes: int) -> None:
    """Kill the server in the middle of writes, start it again, and look for every write that it acknowledged."""
    acknowledged: list[str] = []
    for number in range(rounds):
        port = free_port()
        process = start(data, port)
        headers, connection = sign_in(data, port), HTTPConnection("127.0.0.1", port, timeout=10)
        for i in range(writes):
            if i == writes // 2 + number:
                process.kill()
            try:
                connection.request("POST", "/api/v1/contacts", json.dumps({"name": f"Round {number} write {i}"}), headers)
                response = connection.getresponse()
                answer = json.loads(response.read())
            except (OSError, HTTPException):
                break
            if response.status == 201:
                acknowledged.append(answer["contacts"][0])
        process.wait()
    port = free_port()
    process = start(data, port)
    headers, connection = sign_in(data, port), HTTPConnection("127.0.0.1", port, timeout=10)
    lost = 0
    for contact in acknowledged:
        connection.request("GET", f"/api/v1/contacts/{contact}", headers=headers)
        response = connection.getresponse()
        response.read()
        lost += response.status != 200
    process.terminate()
    process.wait()
    print(f"{rounds} kills in the middle of writes: {len(acknowledged)} acknowledged, {lost} lost")
    assert lost == 0


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--kills", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        process = start(Path(folder) / "a", port)
        load(port, 1, 1, multiprocessing.Queue())  # the rules are read
        measure(port, options.connections, options.seconds, options.processes, process.pid)
        process.terminate()
        process.wait()
        kill_under_load(Path(folder) / "b", options.kills, 40)


if __name__ == "__main__":
    main()
