package io.alertstream.loadtest.packets;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertFile;
import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.sample.SampleVisit;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes alerts with new ids. Safe for several threads. */
public final class PacketMint {

    /** Enough for packets of all sizes, and few enough to fit roughly into a processor's larger caches. */
    private static final int TEMPLATES = 256;

    /** Above every id of the survey's own form; below 2^62, so that all ids have the same length in Avro. */
    private static final long BASE = 1L << 61;

    /** Room for the alerts of a run that begins at the highest possible id. */
    private static final long ROOM = 1L << 40;

    private final List<PacketTemplate> templates;
    private final AtomicLong nextId;

    /** A run's ids are consecutive from a random start: those of concurrent runs are far apart. */
    private PacketMint(List<PacketTemplate> templates) {
        this.templates = templates;
        nextId = new AtomicLong(new SecureRandom().nextLong(BASE, 2 * BASE - ROOM));
    }

    /**
     * From the first alerts of a file, or of the sample visit.
     *
     * @param schemaId for the packets' headers; if empty, it follows from the schema's version
     * @throws AlertSourceException if the file can't be used or has no alerts
     */
    public static PacketMint of(Optional<Path> file, Optional<Integer> schemaId) {
        AlertSource source = file.<AlertSource>map(AlertFile::open).orElseGet(() -> SampleVisit.of(TEMPLATES));
        int id = schemaId.orElseGet(() -> SchemaVersion.ofNamespace(
                        source.schema().getNamespace())
                .map(SchemaVersion::id)
                .orElseThrow(() -> new IllegalArgumentException("the schema "
                        + source.schema().getFullName() + " has no version: set SCHEMA_ID to its id in the registry")));
        List<PacketTemplate> templates = new ArrayList<>();
        try (AlertStream alerts = source.open(source.schema(), id)) {
            while (alerts.hasNext() && templates.size() < TEMPLATES) {
                Alert alert = alerts.next();
                templates.add(new PacketTemplate(alert.id(), alert.packet()));
            }
        }
        if (templates.isEmpty()) {
            throw new AlertSourceException("expected alerts in %s, found none".formatted(file.orElseThrow()));
        }
        return new PacketMint(templates);
    }

    /** A new alert. */
    public Minted next() {
        long id = nextId.getAndIncrement();
        return new Minted(id, templates.get((int) (id % templates.size())).with(id));
    }

    /**
     * A new alert.
     *
     * @param packet in wire format
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    public record Minted(long id, byte[] packet) {}
}
