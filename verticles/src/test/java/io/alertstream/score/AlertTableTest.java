package io.alertstream.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlertTableTest {

    private static final long SEED = 3;

    private record Row(int published, int delivered, long millis) {}

    @Test
    void countsLikeAMap() {
        Random random = new Random(SEED);
        AlertTable table = new AlertTable(1_000_000);
        Map<Long, Row> map = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            long id = random.nextBoolean() ? random.nextInt(20_000) : (long) random.nextInt(20_000) << 42;
            Row row = map.getOrDefault(id, new Row(0, 0, 0));
            switch (random.nextInt(3)) {
                case 0 -> {
                    table.announce(id);
                    map.putIfAbsent(id, row);
                }
                case 1 -> {
                    long millis = random.nextInt(1000);
                    table.publish(id, millis);
                    long first = row.published() == 0 ? millis : Math.min(millis, row.millis());
                    map.put(id, new Row(row.published() + 1, row.delivered(), first));
                }
                default -> {
                    int times = map.containsKey(id) ? row.delivered() + 1 : 0;
                    assertThat(table.deliver(id)).isEqualTo(times);
                    if (times > 0) {
                        map.put(id, new Row(row.published(), times, row.millis()));
                    }
                }
            }
        }
        Map<Long, Row> found = new HashMap<>();
        table.forEach((id, published, delivered) ->
                found.put(id, new Row(published, delivered, published == 0 ? 0 : table.publishedMillis(id))));
        assertThat(found).as("seed %d", SEED).isEqualTo(map);
    }

    @Test
    void staysWithinItsBound() {
        AlertTable table = new AlertTable(2);
        assertThat(table.announce(0)).isTrue();
        assertThat(table.publish(1, 5)).isTrue();
        assertThat(table.publish(2, 5)).isFalse();
        assertThat(table.publish(0, 5)).as("known already").isTrue();
        assertThat(table.deliver(2)).isZero();
    }

    @Test
    void itsBoundFollowsFromMemory() {
        assertThat(AlertTable.capacity(1 << 20)).isBetween(20_000, 30_000);
        assertThat(AlertTable.capacity(0)).isPositive();
        assertThat(AlertTable.capacity(Long.MAX_VALUE)).isPositive();
    }
}
