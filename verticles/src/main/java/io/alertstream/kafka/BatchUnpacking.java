package io.alertstream.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.DefaultRecord;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Utils;

/**
 * Unpacks a batch record by record, in bounded memory and time. A record that is too large or broken becomes an
 * unreadable message, as do the records after it that can't be reached.
 */
final class BatchUnpacking {

    /** Stop after messages of this many bytes. */
    private static final int ENOUGH_BYTES = 16 << 20;

    private static final int ENOUGH_MESSAGES = 1_000;

    /** Limit of unpacked bytes in a batch, skipped records included. Records beyond it count as unreadable. */
    private static final long MAX_UNPACKED = 1L << 30;

    private static final int MAX_VARINT_BYTES = 5;

    private final TopicPartition partition;
    private final long offset;
    private final RecordBatch batch;
    private final List<Message> messages = new ArrayList<>();
    private long next;

    /**
     * The result of unpacking a batch.
     *
     * @param next the offset to continue at, in this batch or after it
     */
    record Unpacked(List<Message> messages, long next) {

        boolean foundUnreadable() {
            return messages.stream().anyMatch(message -> message.unreadable().isPresent());
        }
    }

    private BatchUnpacking(TopicPartition partition, long offset, RecordBatch batch) {
        this.partition = partition;
        this.offset = offset;
        this.batch = batch;
        this.next = Math.max(offset, batch.baseOffset());
    }

    /** The messages of a batch from an offset on. */
    static Unpacked of(TopicPartition partition, long offset, RecordBatch batch) {
        return new BatchUnpacking(partition, offset, batch).unpack();
    }

    private Unpacked unpack() {
        if (!(batch instanceof DefaultRecordBatch whole)) {
            unreadable("expected a batch of format 2, got " + batch.magic());
        } else if (!isValid(whole)) {
            // Its header, and so its end, can't be trusted either: skip one offset at a time.
            unreadable("the batch is damaged, its checksum is wrong");
        } else if (whole.isControlBatch()) {
            next = whole.lastOffset() + 1;
        } else {
            unpack(whole);
        }
        return new Unpacked(messages, next);
    }

    private static boolean isValid(DefaultRecordBatch batch) {
        try {
            batch.ensureValid();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void unpack(DefaultRecordBatch whole) {
        long bytes = 0;
        try (CountedStream in = new CountedStream(whole.recordInputStream(BufferSupplier.NO_CACHING), MAX_UNPACKED)) {
            int count = whole.countOrNull();
            long before = whole.baseOffset() - 1;
            for (int i = 0; i < count; i++) {
                Message message = record(whole, in);
                requireInOrder(whole, before, message.offset());
                before = message.offset();
                if (message.offset() >= offset) {
                    messages.add(message);
                    next = message.offset() + 1;
                    bytes += message.bytes() + message.headers().bytes();
                }
                if (bytes >= ENOUGH_BYTES || messages.size() >= ENOUGH_MESSAGES) {
                    return;
                }
            }
            next = whole.lastOffset() + 1;
        } catch (IOException | RuntimeException e) {
            skipRest(whole, e);
        } catch (Error e) {
            if (!isDamage(e)) {
                throw e;
            }
            skipRest(whole, e);
        }
    }

    /** Whether an Error says that a batch is damaged, as Snappy's does, and not that this process is in trouble. */
    static boolean isDamage(Error error) {
        return !(error instanceof VirtualMachineError || error instanceof LinkageError);
    }

    private void skipRest(DefaultRecordBatch whole, Throwable cause) {
        while (next <= whole.lastOffset() && messages.size() < ENOUGH_MESSAGES) {
            unreadable("the batch can't be unpacked up to this record: " + cause.getMessage());
        }
    }

    /** Offsets are consecutive, or only ascending in a compacted topic. */
    private static void requireInOrder(DefaultRecordBatch whole, long before, long found) throws IOException {
        boolean compacted = whole.countOrNull() <= whole.lastOffset() - whole.baseOffset();
        if (found <= before || found > whole.lastOffset() || (found > before + 1 && !compacted)) {
            throw new IOException("a record of offset " + found + " comes after that of " + before);
        }
    }

    /**
     * The next record. Its offset is read first, so that a record that is too large can be reported before it is
     * skipped.
     */
    private Message record(DefaultRecordBatch whole, CountedStream in) throws IOException {
        int length = ByteUtils.readVarint(in);
        long start = in.count();
        int attributes = in.read();
        long timestampDelta = ByteUtils.readVarlong(in);
        int offsetDelta = ByteUtils.readVarint(in);
        int head = (int) (in.count() - start);
        long recordOffset = whole.baseOffset() + offsetDelta;
        long timestamp = whole.timestampType() == TimestampType.LOG_APPEND_TIME
                ? whole.maxTimestamp()
                : whole.baseTimestamp() + timestampDelta;
        if (length > BoundedDeserializer.MAX_BYTES) {
            in.skipNBytes(length - head);
            return Messages.tooLarge(partition, recordOffset, timestamp, length);
        }
        ByteBuffer body = ByteBuffer.allocate(MAX_VARINT_BYTES + length);
        ByteUtils.writeVarint(length, body);
        body.put((byte) attributes);
        ByteUtils.writeVarlong(timestampDelta, body);
        ByteUtils.writeVarint(offsetDelta, body);
        int rest = length - head;
        if (in.readNBytes(body.array(), body.position(), rest) < rest) {
            throw new IOException("it ends within a record");
        }
        body.position(body.position() + rest).flip();
        try {
            DefaultRecord record = DefaultRecord.readFrom(body, whole.baseOffset(), 0, RecordBatch.NO_SEQUENCE, null);
            return new Message(
                    partition.topic(),
                    partition.partition(),
                    recordOffset,
                    timestamp,
                    Utils.toNullableArray(record.key()),
                    Utils.toNullableArray(record.value()),
                    Messages.headers(record.headers()));
        } catch (RuntimeException e) {
            return unreadable(recordOffset, timestamp, "the record is broken: " + e.getMessage());
        }
    }

    private void unreadable(String why) {
        messages.add(unreadable(next, RecordBatch.NO_TIMESTAMP, why));
        next++;
    }

    private Message unreadable(long at, long timestamp, String why) {
        return Message.unreadable(partition.topic(), partition.partition(), at, timestamp, why);
    }
}
