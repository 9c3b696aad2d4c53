package io.alertstream.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.ingester.Offsets.Commit;
import io.alertstream.ingester.Offsets.Delivery;
import io.alertstream.kafka.GroupConsumer.Partition;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OffsetsTest {

    private static final Partition ZERO = new Partition(SmallAlerts.TOPIC, 0);
    private static final Partition ONE = new Partition(SmallAlerts.TOPIC, 1);

    private final Offsets offsets = new Offsets();

    @BeforeEach
    void assign() {
        offsets.assigned(Set.of(ZERO, ONE));
    }

    @Test
    void nothingIsCommittedPastAnUnfinishedMessage() {
        Delivery first = begin(0, 5);
        Delivery second = begin(0, 6);
        Delivery third = begin(0, 7);

        third.done();
        second.done();
        assertThat(offsets.commit().offsets()).isEmpty();

        first.done();
        assertThat(offsets.commit().offsets()).containsOnly(Map.entry(ZERO, 8L));
    }

    @Test
    void gapsInOffsetsDoNotDelayACommit() {
        begin(0, 5).done();
        begin(0, 90).done();
        assertThat(offsets.commit().offsets()).containsEntry(ZERO, 91L);
    }

    @Test
    void partitionsAreCommittedIndependently() {
        begin(0, 1).done();
        begin(1, 1);
        assertThat(offsets.commit().offsets()).containsOnlyKeys(ZERO);
    }

    @Test
    void onlyFailedCommitsAreRepeated() {
        begin(0, 1).done();
        Commit failed = offsets.commit();
        assertThat(failed.offsets()).containsEntry(ZERO, 2L);

        Commit commit = offsets.commit();
        assertThat(commit.offsets()).containsEntry(ZERO, 2L);
        commit.succeeded();
        assertThat(offsets.commit().offsets()).isEmpty();

        begin(0, 2).done();
        assertThat(offsets.commit().offsets()).containsEntry(ZERO, 3L);
    }

    @Test
    void aRevokedPartitionIsForgotten() {
        Delivery late = begin(0, 1);
        offsets.revoked(Set.of(ZERO));
        late.done();
        assertThat(offsets.commit().offsets()).isEmpty();
        assertThat(offsets.begin(SmallAlerts.alert(0, 2))).isEmpty();
    }

    @Test
    void lateCompletionsDoNotCountForAReassignedPartition() {
        Delivery before = begin(0, 1);
        offsets.revoked(Set.of(ZERO));
        offsets.assigned(Set.of(ZERO));
        Delivery again = begin(0, 1);
        Delivery next = begin(0, 2);

        before.done();
        next.done();
        assertThat(offsets.commit().offsets()).isEmpty();
        again.done();
        assertThat(offsets.commit().offsets()).containsEntry(ZERO, 3L);
    }

    @Test
    void aCommitThatEndsAfterARevocationChangesNothing() {
        begin(0, 1).done();
        Commit commit = offsets.commit();
        offsets.revoked(Set.of(ZERO));
        offsets.assigned(Set.of(ZERO));
        commit.succeeded();
        begin(0, 1).done();
        assertThat(offsets.commit().offsets()).containsEntry(ZERO, 2L);
    }

    @Test
    void reportsUnfinishedMessages() {
        assertThat(offsets.oldestOpenMillis()).isEmpty();
        Delivery first = begin(0, 1);
        begin(0, 2).done();
        assertThat(offsets.oldestOpenMillis()).hasValue(SmallAlerts.alert(0, 1).timestampMillis());
        first.done();
        assertThat(offsets.oldestOpenMillis()).isEmpty();
    }

    private Delivery begin(int partition, long offset) {
        return offsets.begin(SmallAlerts.alert(partition, offset)).orElseThrow();
    }
}
