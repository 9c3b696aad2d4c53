package io.alertstream.ingester;

import static io.alertstream.ingester.SmallAlerts.SCHEMA;
import static io.alertstream.ingester.SmallAlerts.SCHEMA_ID;
import static io.alertstream.ingester.SmallAlerts.TOPIC;
import static io.alertstream.ingester.SmallAlerts.alert;
import static io.alertstream.ingester.SmallAlerts.avro;
import static io.alertstream.ingester.SmallAlerts.message;
import static io.alertstream.ingester.SmallAlerts.packet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Crc32c;
import io.alertstream.archive.Forgery;
import io.alertstream.avro.WireFormat;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that can't be archived are set aside with their origin and the reason, and consumption continues. */
class IngesterDeadLettersTest extends IngesterFixture {

    @Test
    void aMessageThatIsNotAnAlertIsSetAsideWithOriginAndReason() throws Exception {
        byte[] truncated = {0, 0, 0, 3, (byte) 0x84, 100};
        byte[] negative = WireFormat.write(SCHEMA_ID, avro(-5, "x"));
        deliver(List.of(
                message(0, 0, null),
                message(0, 1, new byte[0]),
                message(0, 2, new byte[] {0, 0, 0, 1}),
                message(0, 3, new byte[] {1, 0, 0, 3, (byte) 0x84, 2, 2}),
                message(0, 4, truncated),
                message(0, 5, negative),
                new Message(TOPIC, 0, 6, 99, "key".getBytes(UTF_8), truncated, Headers.of("h", new byte[] {1})),
                alert(0, 7)));
        await(consumer.committed(0, 8));

        assertThat(archived(7)).isEqualTo(packet(7, "cutout"));
        assertThat(producer.sent.stream().map(sent -> headers(sent).get("dead-letter-reason")))
                .containsExactlyInAnyOrder(
                        "null-value",
                        "not-wire-format",
                        "not-wire-format",
                        "not-wire-format",
                        "undecodable",
                        "undecodable");
        assertThat(count("dead.letters", "reason", "undecodable")).isEqualTo(3);
        NewMessage tombstone = producer.sent.stream()
                .filter(sent -> sent.value() == null)
                .findFirst()
                .orElseThrow();
        assertThat(headers(tombstone))
                .containsEntry("dead-letter-topic", TOPIC)
                .containsEntry("dead-letter-partition", "0")
                .containsEntry("dead-letter-offset", "0")
                .containsEntry("dead-letter-timestamp", "1700000000000");
    }

    @Test
    void eachMessageWithoutAValueIsSetAside() throws Exception {
        deliver(List.of(
                new Message(TOPIC, 0, 0, 99, "one".getBytes(UTF_8), null, Headers.NONE),
                new Message(TOPIC, 0, 1, 99, "two".getBytes(UTF_8), null, Headers.NONE)));
        await(consumer.committed(0, 2));
        assertThat(producer.sent.stream().map(sent -> new String(sent.key(), UTF_8)))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aDeadLetterKeepsKeyAndHeaders() throws Exception {
        deliver(List.of(new Message(
                TOPIC,
                0,
                0,
                99,
                "key".getBytes(UTF_8),
                new byte[] {9},
                Headers.of("h", new byte[] {1})
                        .and("h", null)
                        .and("h", new byte[] {2})
                        .and("dead-letter-value-sha256", new byte[] {3}))));
        await(consumer.committed(0, 1));
        NewMessage sent = producer.sent.get(0);
        assertThat(sent.topic()).isEqualTo(DEAD_LETTERS);
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(sent.value()).isEqualTo(new byte[] {9});
        assertThat(sent.headers())
                .filteredOn(header -> header.name().equals("h"))
                .extracting(Headers.Header::value)
                .containsExactly(new byte[] {1}, null, new byte[] {2});
        assertThat(sent.headers().last("dead-letter-value-sha256"))
                .as("a checksum that the ingester didn't write")
                .isNull();
    }

    @Test
    void anUnreadableAlertObjectIsAConflictAndTheStreamContinues() throws Exception {
        alerts.unusable.add("v2/alerts/1/1.avro.gz");
        deliver(List.of(alert(0, 0), alert(0, 1), alert(0, 2)));
        await(consumer.committed(0, 3));

        assertThat(archived(0)).isEqualTo(packet(0, "cutout"));
        assertThat(archived(2)).isEqualTo(packet(2, "cutout"));
        assertThat(producer.sent).singleElement().satisfies(sent -> assertThat(headers(sent))
                .containsEntry("dead-letter-reason", "conflict")
                .containsEntry(
                        "dead-letter-reason-text",
                        "the archive's object under this alert's id can't be read:"
                                + " v2/alerts/1/1.avro.gz is a directory, expected a file")
                .containsEntry("dead-letter-alert-id", "1")
                .doesNotContainKey("dead-letter-stored-crc32c"));
    }

    @Test
    void alertsOfAnUnreadableSchemaObjectAreSetAside() throws Exception {
        schemas.unusable.add("v2/schemas/" + SCHEMA_ID + ".json");
        deliver(List.of(alert(0, 0)));
        await(consumer.committed(0, 1));

        assertThat(producer.sent).singleElement().satisfies(sent -> assertThat(headers(sent))
                .containsEntry("dead-letter-reason", "schema-conflict")
                .hasEntrySatisfying("dead-letter-reason-text", text -> assertThat(text)
                        .contains("is a directory, expected a file")));
    }

    @Test
    void ofATooLargeDeadLetterOriginAndDigestAreKept() throws Exception {
        producer.maxBytes = 3;
        deliver(List.of(
                new Message(TOPIC, 0, 0, 99, "key".getBytes(UTF_8), "abcd".getBytes(UTF_8), Headers.NONE),
                alert(0, 1)));
        await(consumer.committed(0, 2));

        NewMessage sent = producer.sent.get(0);
        assertThat(sent.value()).isNull();
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(headers(sent))
                .containsEntry("dead-letter-topic", TOPIC)
                .containsEntry("dead-letter-offset", "0")
                .containsEntry("dead-letter-reason", "not-wire-format")
                .containsEntry("dead-letter-value-bytes", "4")
                .containsEntry(
                        "dead-letter-value-sha256", "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589");
        assertThat(count("dead.letters", "reason", "not-wire-format")).isEqualTo(1);
        assertThat(archived(1)).isEqualTo(packet(1, "cutout"));
    }

    @Test
    void aConflictIsSetAsideOnceAndCountedEachTime() throws Exception {
        deliver(List.of(alert(0, 1)));
        await(consumer.committed(0, 2));
        deliver(List.of(message(0, 2, packet(1, "other")), message(0, 3, packet(5, "five"))));
        await(consumer.committed(0, 4));
        assertThat(count("dead.letters", "reason", "conflict")).isEqualTo(1);
        deliver(List.of(message(0, 4, packet(1, "other"))));
        await(consumer.committed(0, 5));

        assertThat(count("dead.letters", "reason", "conflict")).isEqualTo(2);
        assertThat(producer.sent).hasSize(1);
        assertThat(producer.sent.get(0).value()).isEqualTo(packet(1, "other"));
        assertThat(headers(producer.sent.get(0)))
                .containsEntry("dead-letter-reason", "conflict")
                .containsEntry("dead-letter-alert-id", "1")
                .containsEntry("dead-letter-schema-id", "900")
                .containsEntry("dead-letter-crc32c", Crc32c.text(Crc32c.of(packet(1, "other"))))
                .containsEntry("dead-letter-stored-crc32c", Crc32c.text(Crc32c.of(packet(1, "cutout"))));
        assertThat(archived(1)).isEqualTo(packet(1, "cutout"));
        assertThat(archived(5)).isEqualTo(packet(5, "five"));
    }

    @Test
    void ofTwoConcurrentAlertsWithOneIdOneIsAConflict() throws Exception {
        deliver(List.of(message(0, 0, packet(1, "one")), message(0, 1, packet(1, "other"))));
        await(consumer.committed(0, 2));

        assertThat(count("dead.letters", "reason", "conflict")).isEqualTo(1);
        assertThat(producer.sent).hasSize(1);
        // The store decides which of the two is stored.
        byte[] refused = producer.sent.get(0).value();
        assertThat(List.of(refused, archived(1))).containsExactlyInAnyOrder(packet(1, "one"), packet(1, "other"));
        assertThat(headers(producer.sent.get(0)))
                .containsEntry("dead-letter-crc32c", Crc32c.text(Crc32c.of(refused)))
                .containsEntry("dead-letter-stored-crc32c", Crc32c.text(Crc32c.of(archived(1))));
    }

    @Test
    void anotherPacketWithTheSameChecksumIsAConflict() throws Exception {
        byte[] stored = packet(1, "cutout");
        byte[] forged = Forgery.withChecksumOf(stored, packet(1, "forged"));
        byte[] another = Forgery.withChecksumOf(stored, packet(1, "another"));
        deliver(List.of(message(0, 0, stored)));
        await(consumer.committed(0, 1));
        deliver(List.of(message(0, 1, forged)));
        await(consumer.committed(0, 2));
        deliver(List.of(message(0, 2, another), message(0, 3, forged)));
        await(consumer.committed(0, 4));

        assertThat(producer.sent).extracting(NewMessage::value).containsExactly(forged, another);
        assertThat(producer.sent)
                .extracting(sent -> headers(sent).get("dead-letter-reason"))
                .containsOnly("conflict");
        assertThat(archived(1)).isEqualTo(stored);
        assertThat(count("dead.letters", "reason", "conflict")).isEqualTo(3);
        assertThat(count("alerts", "result", "recent-dead-letter")).isEqualTo(1);
    }

    @Test
    void ofConcurrentPacketsWithOneChecksumAllButOneAreConflicts() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<String> sent = new HashSet<>();
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] packet = packet(1, Long.toString(random.nextLong()));
            byte[] forged =
                    i == 0 ? packet : Forgery.withChecksumOf(messages.get(0).value(), packet);
            messages.add(message(0, i, forged));
            sent.add(HexFormat.of().formatHex(forged));
        }
        deliver(messages);
        await(consumer.committed(0, 40));

        Set<String> kept = new HashSet<>();
        kept.add(HexFormat.of().formatHex(archived(1)));
        producer.sent.forEach(letter -> kept.add(HexFormat.of().formatHex(letter.value())));
        assertThat(kept).as("seed %d", seed).isEqualTo(sent);
    }

    @Test
    void messagesWithoutAValueAtOneOffsetOfTwoTopicsAreBothSetAside() throws Exception {
        deliver(List.of(new Message(TOPIC, 0, 0, 99, "one".getBytes(UTF_8), null, Headers.NONE)));
        await(consumer.committed(0, 1));
        onContext(() -> consumer.listener.revoked(Set.of(ZERO)));
        onContext(() -> consumer.listener.assigned(Set.of(ZERO)));
        consumer.committed.clear();
        deliver(List.of(new Message(TOPIC, 0, 0, 100, "two".getBytes(UTF_8), null, Headers.NONE)));
        await(consumer.committed(0, 1));

        assertThat(producer.sent.stream().map(sent -> new String(sent.key(), UTF_8)))
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aRepeatedConflictCostsNoRequest() throws Exception {
        deliver(List.of(alert(0, 1)));
        await(consumer.committed(0, 2));
        deliver(List.of(message(0, 2, packet(1, "other"))));
        await(consumer.committed(0, 3));
        int requests = alerts.requests.size();
        deliver(List.of(message(0, 3, packet(1, "other")), message(0, 4, packet(1, "cutout"))));
        await(consumer.committed(0, 5));

        assertThat(alerts.requests).hasSize(requests);
        assertThat(producer.sent).hasSize(1);
        assertThat(count("dead.letters", "reason", "conflict")).isEqualTo(2);
        assertThat(archived(1)).isEqualTo(packet(1, "cutout"));
    }

    @Test
    void alertsOfAnUnusableSchemaAreSetAside() throws Exception {
        registry = id -> Future.succeededFuture(
                switch (id) {
                    case 1 -> "not a schema";
                    case 2 -> "{\"type\": \"record\", \"name\": \"x\", \"fields\": []}";
                    default -> SCHEMA;
                });
        deliver(List.of(
                message(0, 0, WireFormat.write(1, avro(1, "a"))),
                message(0, 1, WireFormat.write(2, avro(1, "b"))),
                message(0, 2, packet(1, "c"))));
        await(consumer.committed(0, 3));
        assertThat(producer.sent.stream().map(sent -> headers(sent).get("dead-letter-reason")))
                .containsOnly("unusable-schema")
                .hasSize(2);
        assertThat(schemas.objects).containsOnlyKeys("v2/schemas/900.json");
    }

    @Test
    void theStreamContinuesWhateverTheRegistryHolds() throws Exception {
        List<String> documents = List.of(
                SCHEMA.replace("\"type\": \"long\"", "\"type\": \"long\", \"order\": \"sideways\""),
                SCHEMA.replace("\"type\": \"long\"", "\"type\": \"long\", \"order\": 5"),
                "{\"type\": \"fixed\", \"name\": \"f\", \"size\": 2147483647}",
                "{\"type\": \"array\", \"items\": ".repeat(900) + "\"int\"" + "}".repeat(900),
                "[".repeat(1_000_000),
                "null");
        registry = id -> Future.succeededFuture(id < documents.size() ? documents.get(id) : SCHEMA);
        deliver(IntStream.range(0, documents.size())
                .mapToObj(id -> message(0, id, WireFormat.write(id, avro(1, "alert"))))
                .toList());
        deliver(List.of(alert(0, documents.size())));
        await(consumer.committed(0, documents.size() + 1L));
        assertThat(producer.sent.stream().map(sent -> headers(sent).get("dead-letter-reason")))
                .containsOnly("unusable-schema")
                .hasSize(documents.size());
        assertThat(fatal.future().isComplete()).isFalse();
    }

    @Test
    void alertsOfAConflictingSchemaAreSetAside() throws Exception {
        await(archive.putSchema(SCHEMA_ID, SCHEMA.replace("note", "comment")));
        deliver(List.of(alert(0, 0)));
        await(consumer.committed(0, 1));
        assertThat(headers(producer.sent.get(0))).containsEntry("dead-letter-reason", "schema-conflict");
        assertThat(alerts.objects).isEmpty();
    }

    @Test
    void aDeadLetterIsAcknowledgedBeforeItsOffsetIsCommitted() throws Exception {
        producer.failures.set(3);
        deliver(List.of(message(0, 0, new byte[] {9})));
        await(consumer.paused(true));
        await(consumer.committed(0, 1));
        assertThat(producer.failures).hasValue(0);
        assertThat(producer.sent).hasSize(1);
        await(consumer.paused(false));
    }

    @Test
    void aDeadLetterCountsAsSetAsideOnlyOnceAcknowledged() throws Exception {
        Promise<Void> acknowledgement = Promise.promise();
        Promise<Void> bothSent = Promise.promise();
        producer.onHeld = () -> {
            if (producer.held.get() == 2) {
                bothSent.complete();
            }
        };
        producer.hold = acknowledgement;
        deliver(List.of(message(0, 0, new byte[] {9})));
        deliver(List.of(message(0, 1, new byte[] {9})));
        // The second one is sent too, since the first may never be acknowledged.
        await(bothSent.future());
        assertThat(consumer.committed).isEmpty();

        onContext(() -> acknowledgement.complete());
        await(consumer.committed(0, 2));
        deliver(List.of(message(0, 2, new byte[] {9})));
        await(consumer.committed(0, 3));
        assertThat(producer.sent).hasSize(2);
    }

    @Test
    void anUnreadableMessageIsSetAsideByItsOrigin() throws Exception {
        deliver(List.of(
                Message.unreadable(TOPIC, 0, 0, 99, "it unpacks to 400 MB"),
                Message.unreadable(TOPIC, 0, 1, 99, "it unpacks to 400 MB"),
                alert(0, 2)));
        await(consumer.committed(0, 3));

        assertThat(producer.sent).hasSize(2);
        assertThat(producer.sent.stream().map(sent -> headers(sent).get("dead-letter-offset")))
                .containsExactlyInAnyOrder("0", "1");
        assertThat(headers(producer.sent.get(0)))
                .containsEntry("dead-letter-topic", TOPIC)
                .containsEntry("dead-letter-partition", "0")
                .containsEntry("dead-letter-reason", "unreadable")
                .containsEntry("dead-letter-reason-text", "it unpacks to 400 MB");
        assertThat(archived(2)).isEqualTo(packet(2, "cutout"));
    }

    @Test
    void aRefusedDeadLetterEndsTheProcess() throws Exception {
        producer.failure = new RefusedException("not allowed to write to dead", null);
        producer.failures.set(Integer.MAX_VALUE);
        deliver(List.of(message(0, 0, new byte[] {9})));
        assertThat(await(fatal.future())).isInstanceOf(RefusedException.class);
        assertThat(consumer.committed).isEmpty();
    }

    private static Map<String, String> headers(NewMessage message) {
        Map<String, String> headers = new HashMap<>();
        message.headers().forEach(header -> headers.put(header.name(), new String(header.value(), UTF_8)));
        return headers;
    }
}
