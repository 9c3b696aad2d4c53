package io.alertstream.loadtest.load;

import io.alertstream.loadtest.measure.Meter;
import io.alertstream.loadtest.measure.Window;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Consumer groups that each read the whole topic, with one thread per member. */
final class Consuming implements Part {

    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration JOIN = Duration.ofSeconds(60);

    private final Workload.Consume work;
    private final Cluster cluster;
    private final Meter meter;
    private final List<String> groups = new ArrayList<>();
    private final List<GroupMember> members = new ArrayList<>();
    private final CountDownLatch joined;

    /**
     * @param scheduled whether the consumed alerts are published by a schedule
     */
    Consuming(Targets targets, Workload.Consume work, boolean scheduled, Cluster cluster, Window window) {
        this.cluster = cluster;
        this.work = work;
        this.meter = new Meter("consume", window, scheduled && !work.fromStart());
        this.joined = new CountDownLatch(work.groups() * work.members());
        String run = UUID.randomUUID().toString().substring(0, 8);
        for (int number = 1; number <= work.groups(); number++) {
            String group = "%s-%s-%d".formatted(targets.groupPrefix(), run, number);
            groups.add(group);
            for (int member = 0; member < work.members(); member++) {
                members.add(new GroupMember(targets, group, work.fromStart(), meter, joined));
            }
        }
    }

    /** Returns when all members know their positions: everything published afterwards is seen. */
    @Override
    public void prepare() throws InterruptedException {
        members.forEach(GroupMember::start);
        boolean all = joined.await(JOIN.toMillis(), TimeUnit.MILLISECONDS);
        failure().ifPresent(failure -> {
            throw new LoadTestException(failure);
        });
        if (!all) {
            throw new LoadTestException(
                    "%d of %d consumers got no partition in %d s: does the topic have fewer than %d partitions?"
                            .formatted(joined.getCount(), members.size(), JOIN.toSeconds(), work.members()));
        }
    }

    private Optional<String> failure() {
        return members.stream().flatMap(member -> member.failure().stream()).findFirst();
    }

    @Override
    public void start(Times times) {
        members.forEach(member -> member.release(times.startNanos()));
    }

    /** Reads what exists now and stops. */
    @Override
    public void finish() throws InterruptedException {
        long until = System.nanoTime() + DRAIN.toNanos();
        members.forEach(GroupMember::drain);
        for (GroupMember member : members) {
            member.join(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
        }
        for (GroupMember member : members) {
            member.stop();
        }
        cluster.forget(groups);
    }

    @Override
    public String recent() {
        return meter.recent() + " lag " + lag()
                + failure().map(failure -> " " + failure).orElse("");
    }

    private long lag() {
        return members.stream().mapToLong(GroupMember::lag).sum();
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(meter.figures());
        figures.add(new Figure("consume.groups", work.groups(), "", Better.NEITHER));
        if (failure().isEmpty()) {
            figures.add(new Figure("consume.lag.end", lag(), "alerts", Better.LOWER));
        }
        return figures;
    }
}
