#!/usr/bin/env python3
"""Community broker: read alerts from Kafka and decode them.

    follow_stream.py [COUNT]      prints COUNT alerts (10), one per line

To use another system, set KAFKA (127.0.0.1:9094), KAFKA_USER and KAFKA_PASSWORD (community), TOPIC (alerts-simulated)
and REGISTRY (http://127.0.0.1:8081).
"""
import io
import json
import os
import struct
import sys
import urllib.request

import fastavro
from confluent_kafka import Consumer

REGISTRY = os.environ.get("REGISTRY", "http://127.0.0.1:8081")
schemas = {}


def schema(schema_id):
    """The schema with an id never changes, so it is requested once."""
    if schema_id not in schemas:
        with urllib.request.urlopen(f"{REGISTRY}/schemas/ids/{schema_id}", timeout=30) as answer:
            schemas[schema_id] = fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
    return schemas[schema_id]


def decode(message):
    """Confluent's wire format: a zero byte, the schema id as four big-endian bytes, Avro binary."""
    zero, schema_id = struct.unpack(">bI", message[:5])
    if zero != 0:
        raise ValueError(f"expected the wire format's zero byte, found {zero}")
    packet = io.BytesIO(message[5:])
    alert = fastavro.schemaless_reader(packet, schema(schema_id), None)
    if packet.read(1):
        raise ValueError("expected the alert to end with the message, found more bytes")
    return alert


def main(count):
    user = os.environ.get("KAFKA_USER", "community")
    consumer = Consumer({
        "bootstrap.servers": os.environ.get("KAFKA", "127.0.0.1:9094"),
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": user,
        "sasl.password": os.environ.get("KAFKA_PASSWORD", "community"),
        # A user owns the groups whose names begin with its own.
        "group.id": f"{user}-example",
        # With "latest", messages published before the group's first commit are lost.
        "auto.offset.reset": "earliest",
        # An offset is stored once its alert is processed, and committed in the background.
        "enable.auto.offset.store": False,
    })
    consumer.subscribe([os.environ.get("TOPIC", "alerts-simulated")])
    try:
        while count > 0:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                print(message.error(), file=sys.stderr)
                continue
            source = decode(message.value())["diaSource"]
            print(f"{source['diaSourceId']} {source['band']} ra={source['ra']:.5f} dec={source['dec']:+.5f}"
                  f" flux={source['psfFlux']:.0f} nJy snr={source['snr']:.1f}")
            consumer.store_offsets(message)
            count -= 1
    finally:
        consumer.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
