package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.kafka.BatchUnpacking.Unpacked;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.utils.Crc32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchUnpackingTest {

    private static final TopicPartition PARTITION = new TopicPartition("topic", 3);
    private static final long BASE = 1_000;

    /** Before the length of Snappy's first chunk: a magic number and two versions. */
    static final int SNAPPY_HEADER = 16;

    @ParameterizedTest
    @EnumSource(names = {"NONE", "GZIP", "SNAPPY", "LZ4", "ZSTD"})
    void recordsAreUnpackedUnchanged(CompressionType type) {
        List<SimpleRecord> records = List.of(
                new SimpleRecord(77, bytes("key"), bytes("value"), new Header[] {
                    new RecordHeader("name", bytes("one")), new RecordHeader("name", null)
                }),
                new SimpleRecord(78, (byte[]) null, null, new Header[0]),
                new SimpleRecord(79, new byte[0], new byte[0], new Header[0]));

        Unpacked unpacked = BatchUnpacking.of(PARTITION, BASE, batch(type, records));

        assertThat(unpacked.next()).isEqualTo(BASE + 3);
        assertThat(unpacked.foundUnreadable()).isFalse();
        Message first = unpacked.messages().get(0);
        assertThat(first.topic()).isEqualTo("topic");
        assertThat(first.partition()).isEqualTo(3);
        assertThat(first.timestampMillis()).isEqualTo(77);
        assertThat(first.key()).isEqualTo(bytes("key"));
        assertThat(first.value()).isEqualTo(bytes("value"));
        assertThat(first.headers()).extracting(Headers.Header::value).containsExactly(bytes("one"), null);
        assertThat(unpacked.messages().get(1).value()).isNull();
        assertThat(unpacked.messages().get(2).key()).isEmpty();
        assertThat(offsets(unpacked.messages())).containsExactly(BASE, BASE + 1, BASE + 2);
        assertThat(offsets(BatchUnpacking.of(PARTITION, BASE + 2, batch(type, records))
                        .messages()))
                .containsExactly(BASE + 2);
    }

    @Test
    void aTooLargeRecordIsSkippedAndLaterOnesAreRead() {
        RecordBatch batch = batch(
                CompressionType.GZIP,
                List.of(
                        new SimpleRecord(bytes("before")),
                        new SimpleRecord(new byte[BoundedDeserializer.MAX_BYTES + 1]),
                        new SimpleRecord(bytes("after"))));

        Unpacked unpacked = BatchUnpacking.of(PARTITION, BASE, batch);

        assertThat(offsets(unpacked.messages())).containsExactly(BASE, BASE + 1, BASE + 2);
        assertThat(unpacked.messages().get(0).value()).isEqualTo(bytes("before"));
        assertThat(unpacked.messages().get(1).unreadable().orElseThrow()).contains("at most 33554432 bytes");
        assertThat(unpacked.messages().get(2).value()).isEqualTo(bytes("after"));
    }

    @Test
    void unpackingIsLimitedPerPoll() {
        byte[] value = new byte[6 << 20];
        RecordBatch batch = batch(
                CompressionType.GZIP,
                List.of(
                        new SimpleRecord(value),
                        new SimpleRecord(value),
                        new SimpleRecord(value),
                        new SimpleRecord(value)));

        Unpacked unpacked = BatchUnpacking.of(PARTITION, BASE, batch);

        assertThat(offsets(unpacked.messages())).containsExactly(BASE, BASE + 1, BASE + 2);
        assertThat(unpacked.next()).isEqualTo(BASE + 3);
    }

    @Test
    void damageThatSnappyReportsAsAnErrorIsReportedAsUnreadable() {
        MemoryRecords records = records(
                CompressionType.SNAPPY, List.of(new SimpleRecord(bytes("one")), new SimpleRecord(bytes("two"))));
        ByteBuffer batch = records.buffer();
        batch.putInt(DefaultRecordBatch.RECORD_BATCH_OVERHEAD + SNAPPY_HEADER, -1);
        mendChecksum(batch);

        Unpacked unpacked =
                BatchUnpacking.of(PARTITION, BASE, records.batches().iterator().next());

        assertThat(offsets(unpacked.messages())).containsExactly(BASE, BASE + 1);
        assertThat(unpacked.messages()).allMatch(message -> message.unreadable().isPresent());
    }

    @Test
    void everyOffsetOfADamagedBatchIsDeliveredOnce() {
        long seed = System.nanoTime();
        System.out.println("BatchUnpackingTest: seed " + seed);
        Random random = new Random(seed);
        List<CompressionType> types = List.of(CompressionType.values());
        for (int i = 0; i < 500; i++) {
            CompressionType type = types.get(random.nextInt(types.size()));
            List<SimpleRecord> records = new ArrayList<>();
            for (int record = 0; record <= random.nextInt(30); record++) {
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                records.add(new SimpleRecord(value));
            }
            MemoryRecords whole = records(type, records);
            boolean checksumIsRight = random.nextBoolean();
            damage(whole.buffer(), random, checksumIsRight);
            RecordBatch batch = whole.batches().iterator().next();

            List<Message> messages = new ArrayList<>();
            for (long next = BASE; next < BASE + records.size(); ) {
                Unpacked unpacked = BatchUnpacking.of(PARTITION, next, batch);
                messages.addAll(unpacked.messages());
                assertThat(unpacked.next()).as("seed %d", seed).isGreaterThan(next);
                next = unpacked.next();
            }
            assertThat(offsets(messages))
                    .as("%s, seed %d", type, seed)
                    .containsExactlyElementsOf(LongStream.range(BASE, BASE + records.size())
                            .boxed()
                            .toList());
            if (!checksumIsRight) {
                assertThat(messages).allMatch(message -> message.unreadable().isPresent());
            }
        }
    }

    /** Changes a byte of the records. */
    private static void damage(ByteBuffer batch, Random random, boolean mendChecksum) {
        int at = DefaultRecordBatch.RECORD_BATCH_OVERHEAD
                + random.nextInt(batch.limit() - DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
        batch.put(at, (byte) (batch.get(at) ^ (1 + random.nextInt(255))));
        if (mendChecksum) {
            mendChecksum(batch);
        }
    }

    static void mendChecksum(ByteBuffer batch) {
        int from = DefaultRecordBatch.CRC_OFFSET + 4;
        batch.putInt(DefaultRecordBatch.CRC_OFFSET, (int) Crc32C.compute(batch, from, batch.limit() - from));
    }

    private static RecordBatch batch(CompressionType type, List<SimpleRecord> records) {
        return records(type, records).batches().iterator().next();
    }

    private static MemoryRecords records(CompressionType type, List<SimpleRecord> records) {
        return MemoryRecords.withRecords(BASE, Compression.of(type).build(), records.toArray(SimpleRecord[]::new));
    }

    private static List<Long> offsets(List<Message> messages) {
        return messages.stream().map(Message::offset).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
