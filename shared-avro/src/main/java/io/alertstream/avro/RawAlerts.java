package io.alertstream.avro;

import java.io.IOException;
import java.nio.file.Path;

/** The alerts of a container, undecoded and one at a time: where each begins and ends, its id and its time. */
final class RawAlerts implements AutoCloseable {

    private final Path path;
    private final ContainerBlocks blocks;
    private final Skip alert;
    private final AlertIdReader ids;
    private final AlertTimeReader times;

    private AvroCursor cursor = new AvroCursor(new byte[0], 0, 0);
    private long leftInBlock;
    private long ordinal;
    private int start;
    private int end;
    private long id;
    private double mjdTai;

    RawAlerts(Path path, ContainerBlocks blocks, Skip alert, AlertIdReader ids, AlertTimeReader times) {
        this.path = path;
        this.blocks = blocks;
        this.alert = alert;
        this.ids = ids;
        this.times = times;
    }

    /**
     * Goes to the next alert.
     *
     * @return false at the end
     * @throws AlertSourceException if the file or the alert is broken
     */
    boolean next() {
        while (leftInBlock == 0) {
            if (!nextBlock()) {
                return false;
            }
        }
        leftInBlock--;
        ordinal++;
        start = end;
        try {
            // Id and time are near the front, so reading them separately is cheaper than looking for them while
            // skipping.
            id = ids.read(cursor);
            if (id < 0) {
                throw new NotAnAlertException("expected an id that isn't negative, found " + id);
            }
            cursor.position(start);
            mjdTai = times.read(cursor);
            cursor.position(start);
            alert.over(cursor);
            end = cursor.position();
        } catch (NotAnAlertException e) {
            throw broken(e);
        }
        return true;
    }

    private boolean nextBlock() {
        if (cursor.remaining() > 0) {
            throw new AlertSourceException("%s, block at byte %d: expected %d alerts, but %d bytes follow them"
                    .formatted(path, blocks.start(), blocks.count(), cursor.remaining()));
        }
        try {
            if (!blocks.next()) {
                return false;
            }
        } catch (IOException e) {
            throw new AlertSourceException(
                    "%s, block at byte %d: %s".formatted(path, blocks.start(), e.getMessage()), e);
        }
        leftInBlock = blocks.count();
        cursor = new AvroCursor(blocks.block().bytes(), 0, blocks.block().length());
        end = 0;
        return true;
    }

    /** The exception to throw if the current alert can't be used. */
    AlertSourceException broken(NotAnAlertException reason) {
        return new AlertSourceException(
                "%s, alert %d (block at byte %d): %s".formatted(path, ordinal, blocks.start(), reason.getMessage()),
                reason);
    }

    /** The current alert's number in the file, from 1; at the end, the number of alerts. */
    long ordinal() {
        return ordinal;
    }

    long id() {
        return id;
    }

    double mjdTai() {
        return mjdTai;
    }

    /** The array with the current alert's bytes, from {@link #start} on; valid until the next alert. */
    byte[] bytes() {
        return blocks.block().bytes();
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    @Override
    public void close() {
        try {
            blocks.close();
        } catch (IOException e) {
            // The file was only read, so a failed close loses nothing.
        }
    }
}
