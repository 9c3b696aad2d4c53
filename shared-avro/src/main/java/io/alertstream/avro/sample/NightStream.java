package io.alertstream.avro.sample;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.avro.Schema;

/** The alerts of several visits, one visit after the other. Only the current visit is open. */
final class NightStream implements AlertStream {

    private final Iterator<SampleVisit> visits;
    private final Schema target;
    private final int schemaId;
    private AlertStream current;

    NightStream(Iterator<SampleVisit> visits, Schema target, int schemaId) {
        this.visits = visits;
        this.target = target;
        this.schemaId = schemaId;
    }

    @Override
    public boolean hasNext() {
        while ((current == null || !current.hasNext()) && visits.hasNext()) {
            close();
            current = visits.next().open(target, schemaId);
        }
        return current != null && current.hasNext();
    }

    @Override
    public Alert next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the night has no more alerts");
        }
        return current.next();
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
