#!/usr/bin/env python3
"""Operator: is the system ready, does the archive keep up, and is everything in it?

    check_health.py                     readiness, lag and dead letters; exit status 1 if something is wrong
    check_health.py --audit JAR         also compares topics and archive, byte for byte

OPS (http://127.0.0.1:9000) is the address of a process's ops port. The audit reads the system's settings from the
environment.
"""
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

OPS = os.environ.get("OPS", "http://127.0.0.1:9000")
MAX_LAG_SECONDS = 60


def get(path):
    try:
        with urllib.request.urlopen(OPS + path, timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        # A 503 from /ready has a body that names what is missing.
        return refused.read().decode()


def metrics():
    """Each metric, summed over its labels. Enough for a quick check; for more, use Prometheus."""
    sums = {}
    for line in get("/metrics").splitlines():
        if line and not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            name = name.split("{")[0]
            sums[name] = sums.get(name, 0.0) + float(value)
    return sums


def main(arguments):
    problems = []
    ready = json.loads(get("/ready"))
    for check, state in sorted(ready["checks"].items()):
        print(f"{check}: {state}")
        if state != "ok":
            problems.append(f"{check}: {state}")
    values = metrics()
    lag = values.get("alertstream_ingester_lag_messages", float("nan"))
    age = values.get("alertstream_ingester_lag_age_seconds", float("nan"))
    letters = values.get("alertstream_ingester_dead_letters_total", 0.0)
    print(f"archive: {lag:.0f} alerts behind, the oldest for {age:.0f} s; {letters:.0f} dead letters")
    if not age <= MAX_LAG_SECONDS:
        problems.append(f"the archive is {age:.0f} s behind")
    if letters > 0:
        problems.append(f"{letters:.0f} dead letters: their headers say why")
    if arguments[:1] == ["--audit"]:
        audit = subprocess.run(["java", "-jar", arguments[1]], env={**os.environ, "ROLE": "audit", "OPS_PORT": "0"},
                               check=False)
        if audit.returncode != 0:
            problems.append(f"the audit ended with status {audit.returncode}")
    for problem in problems:
        print("PROBLEM " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
