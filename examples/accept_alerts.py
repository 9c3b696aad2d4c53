#!/usr/bin/env python3
"""Broker under development: accept every alert once, and record its id for ROLE=score.

    accept_alerts.py FILE [SECONDS]      appends "ID,TIME" to FILE; ends after SECONDS (120) without a message

To use another system, set KAFKA (127.0.0.1:9094), KAFKA_USER and KAFKA_PASSWORD (community), TOPIC (alerts-simulated,
several separated by commas) and REGISTRY (http://127.0.0.1:8081). KAFKA_USER= connects without a password, as to local's
port 9092. A message that isn't an alert is skipped, and the reason printed.
"""
import io
import os
import sys
import time

import fastavro
from confluent_kafka import Consumer

from follow_stream import decode, schema


def decode_strictly(packet):
    """The alert, if its bytes are the ones that an encoder writes for it.

    fastavro takes a negative index of a union for one from the end, as Python does: a flipped bit may go unnoticed.
    """
    alert = decode(packet)
    again = io.BytesIO()
    fastavro.schemaless_writer(again, schema(int.from_bytes(packet[1:5], "big")), alert)
    if again.getvalue() != packet[5:]:
        raise ValueError("expected the bytes that an encoder writes for the decoded alert, found others")
    return alert


def accepted(message, known):
    """The id of a valid alert that is new; None for anything else."""
    try:
        alert = decode_strictly(message.value() or b"")
    except Exception as reason:  # Whatever the decoder raises, the next message may be valid.
        # A registry that doesn't answer says nothing about this one: end here, and the next run reads it again.
        if isinstance(reason, OSError) and getattr(reason, "code", None) != 404:
            raise
        print(f"{message.topic()}-{message.partition()}@{message.offset()} isn't an alert: {reason}", file=sys.stderr)
        return None
    alert_id = alert["diaSourceId"]
    if alert_id in known:
        return None
    known.add(alert_id)
    return alert_id


def main(file, seconds):
    user = os.environ.get("KAFKA_USER", "community")
    login = {
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": user,
        "sasl.password": os.environ.get("KAFKA_PASSWORD", "community"),
    }
    consumer = Consumer({
        **(login if user else {}),
        "bootstrap.servers": os.environ.get("KAFKA", "127.0.0.1:9094"),
        "group.id": f"{user or 'community'}-accept",
        "auto.offset.reset": "earliest",
        # Alerts are 100 KB to 8 MB. The default of 1 MB per partition would fetch large ones one at a time.
        "max.partition.fetch.bytes": 10 << 20,
        # How soon a topic that appears later, as that of a new major version, is noticed. The default is 5 minutes.
        "topic.metadata.refresh.interval.ms": 10_000,
        "enable.auto.offset.store": False,
    })
    consumer.subscribe(os.environ.get("TOPIC", "alerts-simulated").split(","))
    known = set()
    if os.path.exists(file):  # Alerts that an earlier run accepted aren't new.
        with open(file, encoding="ascii") as ids:
            known.update(int(line.split(",")[0]) for line in ids)
    last = time.monotonic()
    with open(file, "a", encoding="ascii") as ids:
        while time.monotonic() - last < seconds:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                print(message.error(), file=sys.stderr)
                continue
            last = time.monotonic()
            alert_id = accepted(message, known)
            if alert_id is not None:
                print(f"{alert_id},{time.time_ns() // 1_000_000}", file=ids, flush=True)
            # After the id is written: an offset that is committed first would lose it if the program ended here.
            consumer.store_offsets(message)
    consumer.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 120)
