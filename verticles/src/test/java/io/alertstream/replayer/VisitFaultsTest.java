package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.journal.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VisitFaultsTest {

    private static final int ALERTS = 200;

    private static VisitFaults faults() {
        return new VisitFaults(
                FaultRecipes.parse("{seed: 4, faults: {bit-flipped: {rate: 0.3}, late: {rate: 0.3}}}"), 3, ALERTS);
    }

    /** A flipped bit takes as many tries as the packet's bytes require, which differ from run to run. */
    @Test
    void choicesWithinAFaultDoNotChangeTheFaultsAfterIt() {
        SplittableRandom tries = new SplittableRandom(7);
        VisitFaults one = faults();
        VisitFaults other = faults();
        List<Optional<FaultKind>> drawn = new ArrayList<>();
        for (int i = 0; i < ALERTS; i++) {
            Optional<FaultKind> kind = one.ofNextAlert();
            assertThat(other.ofNextAlert()).as("fault of alert %d", i).isEqualTo(kind);
            drawn.add(kind);
            if (kind.equals(Optional.of(FaultKind.BIT_FLIPPED))) {
                one.random().nextInt();
                SplittableRandom choices = other.random();
                for (int more = tries.nextInt(10); more > 0; more--) {
                    choices.nextInt();
                }
            }
        }
        assertThat(drawn).contains(Optional.empty(), Optional.of(FaultKind.BIT_FLIPPED), Optional.of(FaultKind.LATE));
    }
}
