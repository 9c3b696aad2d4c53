package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RenumberedVisitsTest {

    private static final long SEED = 20261128;
    private static final LocalDate NIGHT = LocalDate.of(2026, 3, 22);
    private static final VisitNumber OLD = new VisitNumber(NIGHT, 107);
    private static final VisitNumber NEW = new VisitNumber(LocalDate.of(2026, 11, 27), 8);

    private final RenumberedVisits visits = new RenumberedVisits();

    @Test
    void anIdKeepsItsDetectorItsCounterAndTheBitsAboveTheDay() {
        Random random = new Random(SEED);
        visits.put(OLD.number(), NEW, 250);
        for (int i = 0; i < 10_000; i++) {
            long like = random.nextLong() >>> 1;
            int detector = random.nextInt(256);
            int counter = random.nextInt(VisitNumber.MAX_COUNTER + 1);
            assertThat(visits.id(OLD.alertId(like, detector, counter)))
                    .as("seed %d", SEED)
                    .isEqualTo(NEW.alertId(like, detector, counter));
        }
    }

    @Test
    void otherVisitsAndIdsOfOtherLayoutsStay() {
        visits.put(OLD.number(), NEW, 250);
        for (VisitNumber other : new VisitNumber[] {new VisitNumber(NIGHT, 106), new VisitNumber(NIGHT, 108)}) {
            long id = other.alertId(0, 12, 34);
            assertThat(visits.id(id)).isEqualTo(id);
            assertThat(visits.number(other.number())).isEqualTo(other.number());
            assertThat(visits.days(other.number(), -1)).isEqualTo(-1);
        }
        for (long id : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(visits.id(id)).isEqualTo(id);
        }
    }

    @Test
    void theLastNumberOfAVisitCounts() {
        visits.put(OLD.number(), NEW, 250);
        visits.put(OLD.number(), NEW.next(), 251);

        assertThat(visits.number(OLD.number())).isEqualTo(NEW.next().number());
        assertThat(visits.days(OLD.number(), 0)).isEqualTo(251);
    }

    @Test
    void fourNightsAreRememberedAndNoMore() {
        VisitNumber old = OLD;
        for (int i = 0; i <= RenumberedVisits.MAX_VISITS; i++, old = old.next()) {
            visits.put(old.number(), NEW, i);
            visits.put(OLD.next().number(), NEW, -1); // the second again and again: it isn't the oldest
        }

        assertThat(visits.number(OLD.number())).as("the oldest").isEqualTo(OLD.number());
        assertThat(visits.days(OLD.next().number(), 0)).isEqualTo(-1);
        assertThat(visits.days(old.number() - 1, 0)).isEqualTo(RenumberedVisits.MAX_VISITS);
    }

    /** Some surveys number their visits in another way. */
    @Test
    void visitsOfAnyNumberHaveNewOnes() {
        visits.put(-5, NEW, 1);
        visits.put(42, NEW.next(), 2);

        assertThat(visits.number(-5)).isEqualTo(NEW.number());
        assertThat(visits.number(42)).isEqualTo(NEW.next().number());
        assertThat(visits.id(42)).isEqualTo(42);
    }
}
