package io.alertstream.avro;

import io.alertstream.avro.profile.AlertProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * An Avro object container file of alerts, uncompressed or compressed with deflate, snappy or zstandard. It is read as
 * a stream, one block at a time; the block limit of 64 MiB bounds memory whatever the size of the file.
 */
public final class AlertFile implements AlertSource {

    private final Path path;
    private final ContainerHeader header;
    private final AlertIdReader ids;
    private final AlertTimeReader times;
    private final Skip alert;

    private AlertFile(Path path, AlertProfile profile) {
        this.path = path;
        header = ContainerHeader.read(path);
        try {
            ids = AlertIdReader.of(header.schema(), profile);
            times = AlertTimeReader.of(header.schema(), profile);
        } catch (NotAnAlertException e) {
            throw new AlertSourceException(
                    "expected a file of alerts, but in %s: %s".formatted(path, e.getMessage()), e);
        }
        alert = Skip.of(header.schema());
    }

    /**
     * Reads the header of a file.
     *
     * @throws AlertSourceException if there is no such file, if it isn't an Avro object container file, or if its
     *     schema isn't one of alerts because it has no id or has a time of another type
     */
    public static AlertFile open(Path path, AlertProfile profile) {
        return new AlertFile(path, profile);
    }

    /** A file of the survey's own alerts; see {@link #open(Path, AlertProfile)}. */
    public static AlertFile open(Path path) {
        return open(path, AlertProfile.lsst());
    }

    /**
     * Checks that the file ends with its sync marker: a quick way to detect a truncated file, for example from a failed
     * download.
     *
     * @throws AlertSourceException if it doesn't
     */
    public void requireEnd() {
        byte[] sync = header.sync();
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer end = ByteBuffer.allocate(sync.length);
            channel.read(end, Math.max(0, channel.size() - sync.length));
            if (!Arrays.equals(end.array(), sync)) {
                throw new AlertSourceException(
                        "%s doesn't end with its sync marker, so it was cut off or damaged".formatted(path));
            }
        } catch (IOException e) {
            throw new AlertSourceException("can't read %s: %s".formatted(path, e), e);
        }
    }

    @Override
    public Schema schema() {
        return header.schema();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reads every alert of the file, so that damage anywhere is found. A file truncated between two blocks can't be
     * told from a complete one.
     */
    @Override
    public Contents check(BooleanSupplier cancelled) {
        try (RawAlerts raw = rawAlerts()) {
            long bytes = 0;
            double first = Double.POSITIVE_INFINITY;
            double last = Double.NEGATIVE_INFINITY;
            while (raw.next()) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("cancelled after %d alerts of %s".formatted(raw.ordinal(), path));
                }
                bytes += raw.length();
                first = Math.min(first, raw.mjdTai());
                last = Math.max(last, raw.mjdTai());
            }
            if (raw.ordinal() == 0) {
                throw new AlertSourceException("expected alerts in %s, found none".formatted(path));
            }
            return new Contents(raw.ordinal(), bytes, first, last);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the target encodes alerts to the same bytes as the file's own schema, they are copied without decoding.
     */
    @Override
    public AlertStream open(Schema target, int schemaId) {
        boolean same = SchemaNormalization.toParsingForm(target).equals(SchemaNormalization.toParsingForm(schema()));
        AlertTranslator translator = same ? null : new AlertTranslator(schema(), target);
        return new FileAlerts(rawAlerts(), schemaId, translator, target);
    }

    private RawAlerts rawAlerts() {
        try {
            return new RawAlerts(path, new ContainerBlocks(path, header), alert, ids, times);
        } catch (IOException e) {
            throw new AlertSourceException("can't read %s: %s".formatted(path, e), e);
        }
    }
}
