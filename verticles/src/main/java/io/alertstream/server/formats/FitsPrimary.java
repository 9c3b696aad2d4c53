package io.alertstream.server.formats;

import io.alertstream.avro.profile.AlertFields;
import io.alertstream.avro.profile.AlertView;
import io.alertstream.avro.profile.Sighting;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCardException;

/** The primary header of an alert's FITS file: which alert, its origin and its time. */
final class FitsPrimary {

    private static final DateTimeFormatter TO_THE_MILLISECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

    private FitsPrimary() {}

    static void fill(Header header, long id, AlertView alert) throws HeaderCardException {
        header.addValue("ORIGIN", "alertstream", "made this file of an alert packet");
        header.addValue("ALERTID", id, "id of the alert");
        header.addValue("SCHEMA", alert.alert().getSchema().getFullName(), "Avro schema of the packet");
        Optional<Sighting> source = alert.source();
        if (source.isPresent()) {
            addSource(header, source.get());
        }
    }

    private static void addSource(Header header, Sighting source) throws HeaderCardException {
        Optional<String> band = source.band();
        if (band.isPresent()) {
            header.addValue("FILTER", FitsTable.ascii(band.get()), "band of the detection");
        }
        // The standard asks for the time of creation. The time of the download would change the bytes of every answer.
        Optional<LocalDateTime> made = AlertFields.number(source.record(), "timeProcessedMjdTai").stream()
                .boxed()
                .findFirst()
                .or(() -> source.mjdTai().stream().boxed().findFirst())
                .flatMap(Tai::utc);
        if (made.isPresent()) {
            header.addValue("DATE", made.get().format(TO_THE_MILLISECOND), "[UTC] when the alert's data were made");
        }
        var seen = source.mjdTai();
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
