package io.alertstream.kafka;

import io.alertstream.kafka.GroupConsumer.Partition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** Records the events of a group member. */
class Recorder implements GroupConsumer.Listener {

    final Set<Partition> assigned = new CopyOnWriteArraySet<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    volatile boolean joined;
    private final List<Message> messages;

    Recorder(List<Message> messages) {
        this.messages = messages;
    }

    List<Message> messages() {
        return messages;
    }

    @Override
    public void messages(List<Message> batch) {
        messages.addAll(batch);
    }

    @Override
    public void assigned(Set<Partition> partitions) {
        joined = true;
        assigned.addAll(partitions);
    }

    @Override
    public void revoked(Set<Partition> partitions) {
        assigned.removeAll(partitions);
    }

    @Override
    public void failed(Throwable cause) {
        failures.add(cause);
    }
}
