package io.alertstream.loadtest.load;

import io.alertstream.loadtest.measure.Meter;
import io.alertstream.loadtest.measure.Window;
import io.alertstream.loadtest.pace.Pace;
import io.alertstream.loadtest.pace.Pacer;
import io.alertstream.loadtest.pace.Ticker;
import io.alertstream.loadtest.packets.PacketMint;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes alerts from one thread. A message's timestamp is when it was due, from which its consumers compute how late
 * it is. If the producer's buffer is full the thread waits, and the following alerts are late.
 */
final class Producing implements Part {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Workload.Produce work;
    private final String topic;
    private final PacketMint mint;
    private final Pace pace;
    private final Meter meter;
    private final Producer<byte[], byte[]> producer;
    private final Follower follower;
    private volatile long omitted;
    private volatile Thread thread;

    Producing(Targets targets, Workload.Produce work, PacketMint mint, Window window, Follower follower) {
        this.work = work;
        this.topic = targets.topic();
        this.mint = mint;
        this.pace = Pace.of(work.schedule());
        this.meter = new Meter("produce", window, pace.scheduled());
        this.follower = follower;
        producer = new KafkaProducer<>(
                targets.kafka().with(ProducerSettings.of(Optional.of(work))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void prepare() {
        producer.partitionsFor(topic);
    }

    @Override
    public void start(Times times) {
        thread = new Thread(() -> produce(times.startNanos(), times.untilNanos()), "produce");
        thread.setDaemon(true);
        thread.start();
    }

    private void produce(long startNanos, long untilNanos) {
        Ticker ticker = Ticker.system();
        Pacer pacer = new Pacer(pace, ticker, startNanos);
        try {
            while (!isAllSent(pacer) && pacer.nextDueNanos() - untilNanos < 0) {
                send(pacer.awaitNext());
            }
            producer.flush();
        } catch (InterruptedException | InterruptException e) {
            long left = work.alerts() > 0 ? work.alerts() - pacer.number() : Long.MAX_VALUE;
            omitted = Math.min(left, pacer.omitted(untilNanos));
        }
    }

    private boolean isAllSent(Pacer pacer) {
        return work.alerts() > 0 && pacer.number() >= work.alerts();
    }

    private void send(long dueNanos) {
        PacketMint.Minted alert = mint.next();
        byte[] packet = alert.packet();
        int size = packet.length;
        Consumer<RecordMetadata> following = follower.sending(alert, dueNanos);
        long lateMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - dueNanos);
        long dueMillis = System.currentTimeMillis() - lateMillis;
        try {
            // The callback reports the result. It doesn't reference the packet, which Kafka's producer has copied.
            Future<?> unused = producer.send(
                    new ProducerRecord<>(topic, null, dueMillis, null, packet),
                    (metadata, failure) -> answered(size, dueNanos, following, metadata, failure));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            meter.failed(e.getClass().getSimpleName());
        }
    }

    private void answered(
            int size, long dueNanos, Consumer<RecordMetadata> following, RecordMetadata metadata, Exception failure) {
        if (failure == null) {
            meter.done(dueNanos, System.nanoTime(), size);
            following.accept(metadata);
        } else {
            meter.failed(failure.getClass().getSimpleName());
        }
    }

    /** Whether everything was sent and answered. */
    boolean isDone() {
        return !thread.isAlive();
    }

    /** Keeps sending overdue alerts for a while; those still unsent are omitted. */
    @Override
    public void finish() throws InterruptedException {
        thread.join(PATIENCE.toMillis());
        thread.interrupt();
        thread.join(PATIENCE.toMillis());
        producer.close(PATIENCE);
    }

    @Override
    public String recent() {
        return meter.recent();
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(meter.figures());
        figures.add(new Figure("produce.omitted", omitted, "alerts", Better.LOWER));
        return figures;
    }
}
