"""How many lints a second the server bears over many connections, and that no write is lost when it is killed under load.

Run by hand: ``python tests/benchmarks/soak.py --seconds 60 --connections 50``; ``--kill`` kills and restarts it meanwhile.
The load comes from processes of its own on the same machine, so what is told is what both sides reach together.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
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


def load(port: int, connections: int, seconds: float, results: multiprocessing.Queue[tuple[int, int, list[float]]]) -> None:
    """Lint over *connections* in turn for some seconds; tells how many, how many failed, and how long each took."""
    open_ones = [HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(connections)]
    done, failed, times, end = 0, 0, [], time.monotonic() + seconds
    while time.monotonic() < end:
        for connection in open_ones:
            body = json.dumps({"text": MESSAGES[done % len(MESSAGES)], "language": "en", "caret": 5})
            began = time.monotonic()
            try:
                connection.request("POST", "/api/v1/lint", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                response.read()
                failed += response.status != 200
            except (OSError, HTTPException):
                failed += 1
                connection.close()
            times.append(time.monotonic() - began)
            done += 1
    results.put((done, failed, times))


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process has taken (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(port: int, connections: int, seconds: float, processes: int, server: int) -> None:
    """Print lints a second, failures, latencies, and what each lint costs the server: its process id is *server*."""
    results: multiprocessing.Queue[tuple[int, int, list[float]]] = multiprocessing.Queue()
    share = [connections // processes + (i < connections % processes) for i in range(processes)]
    workers = [multiprocessing.Process(target=load, args=(port, count, seconds, results)) for count in share]
    began, spent = time.monotonic(), processor_seconds(server)
    for worker in workers:
        worker.start()
    found = [results.get() for _ in workers]
    took, spent = time.monotonic() - began, processor_seconds(server) - spent
    times = sorted(t for _, _, part in found for t in part)
    done, failed = sum(one[0] for one in found), sum(one[1] for one in found)
    at = {name: times[min(len(times) - 1, int(len(times) * part))] * 1000 for name, part in (("p50", 0.5), ("p99", 0.99))}
    print(f"{done} lints in {took:.1f} s over {connections} connections: {done / took:.0f}/s, {failed} failed, p50 {at['p50']:.1f} ms, p99 {at['p99']:.1f} ms")
    print(f"the server took {spent:.1f} s of processor, {spent / done * 1000:.2f} ms a lint: at most {done / spent:.0f}/s with a core of its own")


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
    parser.add_argument("--processes", type=int, default=2)
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
