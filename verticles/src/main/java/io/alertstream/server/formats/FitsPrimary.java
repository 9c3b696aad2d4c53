package io.alertstream.server.formats;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCardException;
import org.apache.avro.generic.IndexedRecord;

/** The primary header of an alert's FITS file: which alert, from where, and when. */
final class FitsPrimary {

    private static final DateTimeFormatter TO_THE_MILLISECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private FitsPrimary() {}

    static void fill(Header header, long id, IndexedRecord alert) throws HeaderCardException {
        header.addValue("ORIGIN", "alertstream", "made this file of an alert packet");
        header.addValue("ALERTID", id, "id of the alert");
        header.addValue("SCHEMA", alert.getSchema().getFullName(), "Avro schema of the packet");
        Optional<IndexedRecord> source = AlertFields.record(alert, "diaSource");
        if (source.isPresent()) {
            addSource(header, source.get());
        }
    }

    private static void addSource(Header header, IndexedRecord source) throws HeaderCardException {
        Optional<String> band = AlertFields.band(source);
        if (band.isPresent()) {
            header.addValue("FILTER", FitsTable.ascii(band.get()), "band of the detection");
        }
        // The standard wants the time when the data were made. That of the download would give each answer other bytes.
        Optional<LocalDateTime> made = AlertFields.number(source, "timeProcessedMjdTai").stream()
                .boxed()
                .findFirst()
                .or(() -> AlertFields.midpoint(source).stream().boxed().findFirst())
                .flatMap(Tai::utc);
        if (made.isPresent()) {
            header.addValue("DATE", made.get().format(TO_THE_MILLISECOND), "[UTC] when the alert's data were made");
        }
        var seen = AlertFields.midpoint(source);
        if (seen.isPresent()) {
            Optional<LocalDateTime> date = Tai.date(seen.getAsDouble());
            header.addValue("TIMESYS", "TAI", "time scale of DATE-AVG and MJD-AVG");
            if (date.isPresent()) {
                header.addValue("DATE-AVG", date.get().format(TO_THE_MILLISECOND), "middle of the exposure");
            }
            header.addValue("MJD-AVG", seen.getAsDouble(), "[d] middle of the exposure");
        }
    }
}
