package io.alertstream.server.overview;

import io.alertstream.kafka.GroupLag;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The consumer groups of the replay topic and their recent lag. A group that vanishes is shown for a while longer. */
final class Groups {

    /** Further groups are only counted. */
    static final int MAX = 50;

    private static final int NAME_LENGTH = 80;
    private static final long REMEMBERED_MILLIS = Duration.ofMinutes(10).toMillis();

    /** A group that has read nothing for this long has stalled. */
    private static final long STILL_MILLIS = 15_000;

    private final Map<String, Group> groups = new TreeMap<>();
    private int others;

    private static final class Group {
        private final Samples lags = new Samples();
        private final Samples read = new Samples();
        private GroupLag last;
        private long seen;
        private boolean listed;
    }

    /** Adds Kafka's current figures. */
    void add(long now, List<GroupLag> lags) {
        groups.values().forEach(group -> group.listed = false);
        others = 0;
        for (GroupLag lag : lags) {
            Group group = groups.get(lag.group());
            if (group == null && groups.size() >= MAX) {
                others++;
                continue;
            }
            if (group == null) {
                group = new Group();
                groups.put(lag.group(), group);
            }
            group.last = lag;
            group.seen = now;
            group.listed = true;
            group.lags.add(now, lag.messages());
            group.read.add(now, read(lag));
        }
        for (Iterator<Group> all = groups.values().iterator(); all.hasNext(); ) {
            if (now - all.next().seen > REMEMBERED_MILLIS) {
                all.remove();
            }
        }
    }

    /** How many messages of the topic the group has ever read: the sum of its offsets. */
    Optional<Long> read(String name) {
        return Optional.ofNullable(groups.get(name)).map(group -> read(group.last));
    }

    /** How many groups {@link #json} leaves out. */
    int others() {
        return others;
    }

    /**
     * The groups, by name.
     *
     * @param interval between visits: a group that keeps up reaches the end of the topic once in each
     */
    JsonArray json(long now, Duration interval) {
        JsonArray all = new JsonArray();
        groups.forEach((name, group) -> all.add(new JsonObject()
                .put("name", shortened(name))
                .put("status", status(group, now, interval.toMillis()))
                .put("members", group.listed ? group.last.state() : null)
                .put("lag", group.last.messages())
                .put("lost", group.last.lost())
                .put("perSecond", group.listed ? group.read.perSecond(now) : null)
                .put("history", new JsonArray(group.lags.values(now)))));
        return all;
    }

    private static String status(Group group, long now, long intervalMillis) {
        if (!group.listed) {
            return "gone";
        }
        if (group.last.messages() == 0) {
            return "up to date";
        }
        boolean reads = moved(group.read, now);
        if (group.last.state().equals("Empty") && !reads) {
            return "no members";
        }
        if (group.lags.wasAtMost(0, now - intervalMillis)) {
            return "keeps up";
        }
        Double before = group.lags.at(now - intervalMillis);
        if (before != null && group.last.messages() >= before) {
            return "falls behind";
        }
        return reads ? "catches up" : "stands still";
    }

    private static boolean moved(Samples read, long now) {
        Double before = read.at(now - STILL_MILLIS);
        Double rate = read.perSecond(now);
        Double last = read.last();
        return (rate != null && rate > 0) || (before != null && last != null && last > before);
    }

    private static long read(GroupLag lag) {
        return lag.nextOffsets().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String shortened(String name) {
        return name.length() <= NAME_LENGTH ? name : name.substring(0, NAME_LENGTH) + "…";
    }
}
