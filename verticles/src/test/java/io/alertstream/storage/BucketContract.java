package io.alertstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every bucket guarantees beyond the contract of stores, over HTTP, and how it handles faults. A test of one kind of
 * bucket has the faults and lists of that kind, under the names of the factory methods here.
 */
public abstract class BucketContract extends ObjectStoreContract {

    protected FakeBucket bucket;

    /** Opens an empty bucket. */
    protected abstract FakeBucket openBucket();

    @Override
    protected ObjectStore open() {
        bucket = openBucket();
        return bucket.open(vertx, FakeBucket.LIMITS);
    }

    @AfterEach
    void closeBucket() {
        bucket.close();
    }

    @ParameterizedTest
    @MethodSource("faultsThatPass")
    void aTransientFaultIsReportedOnceAndPasses(Fault fault) {
        create("other", bytes(10));
        bucket.requests.set(0);
        bucket.plan(fault);
        assertFails(() -> create(NAME, bytes(10)), Remedy.RETRY, "can't create " + NAME);
        assertThat(create(NAME, bytes(10))).isEqualTo(Creation.CREATED);

        bucket.plan(fault);
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(10));

        bucket.plan(fault);
        assertFails(() -> await(store.list("", "")), Remedy.RETRY, "can't list");
        bucket.plan(fault);
        assertFails(() -> await(store.check()), Remedy.RETRY, "can't list");
        await(store.check());
        assertThat(bucket.requests).as("requests, none retried by the client").hasValue(7);
    }

    @ParameterizedTest
    @MethodSource("faultsForAnOperator")
    void faultsForAnOperatorSayWhatToDo(int code, String reason, String message) {
        create("other", bytes(1));
        Fault fault = new Fault.Status(code, reason);
        bucket.plan(fault, fault, fault);

        assertFails(() -> create(NAME, bytes(10)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.read(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.check()), Remedy.OPERATOR, message);

        assertThat(create(NAME, bytes(10))).as("after the fault is fixed").isEqualTo(Creation.CREATED);
    }

    @Test
    void aSilentStoreIsRetried() {
        create(NAME, bytes(10));
        ObjectStore hasty =
                bucket.open(vertx, new BucketLimits(4, Duration.ofMillis(200), Duration.ofSeconds(30), 1 << 20));
        bucket.last(new Fault.Silence());

        assertFails(() -> await(hasty.read(NAME)), Remedy.RETRY, "SocketTimeoutException");
        assertFails(() -> await(hasty.check()), Remedy.RETRY, "SocketTimeoutException");
        assertFails(
                () -> await(hasty.create("other", bytes(1), "text/plain", Map.of())),
                Remedy.RETRY,
                "SocketTimeoutException");
        await(hasty.close());
    }

    /** Progress, however slow, keeps a timeout for silence from passing. */
    @Test
    void aCallTakesNoLongerThanItsLimit() {
        create(NAME, bytes(10));
        ObjectStore hasty =
                bucket.open(vertx, new BucketLimits(4, Duration.ofSeconds(60), Duration.ofSeconds(1), 1 << 20));
        bucket.plan(new Fault.Drip(), new Fault.Drip(), new Fault.Deaf());

        assertFails(() -> await(hasty.read(NAME)), Remedy.RETRY, "1000 m");
        assertFails(() -> await(hasty.list("", "")), Remedy.RETRY, "1000 m");
        assertFails(
                () -> await(hasty.create("other", bytes(30_000_000), "text/plain", Map.of())), Remedy.RETRY, "1000 m");
        assertThat(bucket.befallen).hasValue(3);
        await(hasty.close());
    }

    @Test
    void aCheckDoesNotWaitForAConnection() {
        create(NAME, bytes(10));
        ObjectStore narrow =
                bucket.open(vertx, new BucketLimits(1, Duration.ofSeconds(60), Duration.ofSeconds(60), 1 << 20));
        bucket.plan(new Fault.Silence());
        Future<Optional<byte[]>> read = narrow.read(NAME);
        while (bucket.befallen.get() == 0) {
            Thread.onSpinWait();
        }

        await(narrow.check());

        assertThat(read.isComplete()).isFalse();
        bucket.close();
        assertFails(() -> await(read), Remedy.RETRY, "can't read " + NAME);
        await(narrow.close());
    }

    @Test
    void truncatedAndDamagedBodiesAreReadAgain() {
        create(NAME, bytes(60_000));
        bucket.plan(new Fault.CutBody());
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
        bucket.plan(new Fault.FlippedBit());
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, damage());
        bucket.plan(new Fault.CutBody());
        assertFails(() -> await(store.read(NAME, 10, 1000)), Remedy.RETRY, "can't read " + NAME);

        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(60_000));
    }

    /** What is reported about an object that arrives damaged. */
    protected abstract String damage();

    @Test
    void aLostAnswerOfASuccessIsDetectedOnRetry() {
        create("other", bytes(1));
        bucket.plan(new Fault.LostAnswer());
        assertFails(() -> create(NAME, bytes(1000)), Remedy.RETRY, "can't create " + NAME);

        assertThat(create(NAME, bytes(1000))).isEqualTo(Creation.EXISTS);
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(1000));
    }

    @Test
    void aMissingBucketIsNotAnEmptyArchive() {
        bucket.bucket = "elsewhere";

        String message = "the bucket doesn't exist (404";
        assertFails(() -> await(store.read(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.info(NAME)), Remedy.OPERATOR, message);
        assertFails(() -> await(store.list("", "")), Remedy.OPERATOR, message);
        assertFails(() -> await(store.check()), Remedy.OPERATOR, message);
        assertFails(() -> create(NAME, bytes(1)), Remedy.OPERATOR, message);

        bucket.bucket = FakeBucket.BUCKET;
        assertThat(await(store.read(NAME))).isEmpty();
    }

    /** Taken for one, it would be a missing alert. */
    @Test
    void a404FromAProxyIsNotAMissingObject() {
        create(NAME, bytes(10));
        bucket.last(new Fault.WrongPath());

        String message = "the response has status 404 but isn't ";
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, message);
        assertFails(() -> await(store.read(NAME, 1, 2)), Remedy.RETRY, message);
        assertFails(() -> await(store.info(NAME)), Remedy.RETRY, message);
        assertFails(() -> await(store.list("", "")), Remedy.RETRY, message);
        assertFails(() -> await(store.check()), Remedy.RETRY, message);
        assertFails(() -> create("other", bytes(1)), Remedy.RETRY, message);

        bucket.mend();
        assertThat(await(store.read("v2/absent"))).isEmpty();
    }

    @Test
    void anAbsentObjectCostsOneRequestOnceTheBucketIsKnown() {
        create("other", bytes(1));
        bucket.requests.set(0);

        assertThat(await(store.read(NAME))).isEmpty();
        assertThat(await(store.read(NAME, 1, 2))).isEmpty();
        assertThat(await(store.info(NAME))).isEmpty();

        assertThat(bucket.requests).hasValue(3);
    }

    @Test
    void anUnreachableStoreIsRetried() {
        bucket.close();

        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "can't read " + NAME);
    }

    @Test
    void connectionsAreReused() {
        for (int i = 0; i < 10; i++) {
            create("v2/" + i, bytes(100_000));
            await(store.read("v2/" + i));
            await(store.read("v2/" + i, 10, 1000));
            await(store.read("v2/absent"));
            create("v2/" + i, bytes(100_000));
            await(store.list("", ""));
        }
        assertThat(bucket.connections).hasSize(1);
    }

    /** Each answer is checked against its own checksum, however many arrive concurrently. */
    @Test
    void concurrentReadsAreVerifiedSeparately() {
        for (int i = 0; i < 50; i++) {
            create("v2/" + i, bytes(1000 + i));
        }
        List<Future<Optional<byte[]>>> reads = IntStream.range(0, 500)
                .mapToObj(i -> store.read("v2/" + i % 50))
                .toList();

        for (int i = 0; i < 500; i++) {
            assertThat(await(reads.get(i))).get().isEqualTo(bytes(1000 + i % 50));
        }
    }

    @Test
    void aFarTooLargeObjectIsNotRead() {
        create(NAME, new byte[FakeBucket.LIMITS.maxObjectBytes() + 1]);

        assertThat(create(NAME, bytes(1))).isEqualTo(Creation.EXISTS);
        assertThatThrownBy(() -> await(store.read(NAME)))
                .isInstanceOf(UnusableObjectException.class)
                .hasMessage("bucket alerts: " + NAME + " has more than 16777216 bytes");
    }

    @Test
    void aFarTooLargeErrorIsNotRead() {
        create(NAME, bytes(10));
        for (int code : new int[] {500, 503}) {
            Fault fault = new Fault.LargeError(code);
            bucket.plan(fault, fault, fault);
            assertFails(() -> await(store.read(NAME)), Remedy.RETRY, farTooLargeError(code));
            assertFails(() -> await(store.check()), Remedy.RETRY, farTooLargeError(code));
            assertFails(() -> create("other", bytes(10)), Remedy.RETRY, farTooLargeError(code));
        }
        assertThat(await(store.read(NAME))).get().isEqualTo(bytes(10));
    }

    /** What is reported about an error that wasn't read to its end. */
    protected abstract String farTooLargeError(int code);

    @ParameterizedTest
    @MethodSource("wrongLists")
    void aMalformedListIsRefused(UnaryOperator<String> wrong, String message) {
        for (String name : List.of("v2/a", "v2/b", "v2/c")) {
            create(name, bytes(10));
        }
        bucket.listing = wrong;

        assertFails(() -> await(store.list("v2/", "")), Remedy.RETRY, message);

        bucket.listing = UnaryOperator.identity();
        assertThat(await(store.list("v2/", "")).objects()).hasSize(3);
    }

    @Test
    void aListThatDoesNotAdvanceIsRefused() {
        for (String name : List.of("v2/a", "v2/b", "v2/c")) {
            create(name, bytes(10));
        }
        AtomicReference<String> first = new AtomicReference<>();
        bucket.listing = page -> first.updateAndGet(before -> before == null ? page : before);

        assertThat(await(store.list("v2/", "")).objects()).hasSize(3);
        assertFails(() -> await(store.list("v2/", "v2/b")), Remedy.RETRY, "expected names after \"v2/b\"");
    }

    /** Buckets may answer so where many objects were deleted. */
    @Test
    void aPageWithoutObjectsIsNotTheEnd() {
        create("v2/a", bytes(10));
        AtomicReference<String> empty = new AtomicReference<>(emptyPage());
        bucket.listing = page -> Optional.ofNullable(empty.getAndSet(null)).orElse(page);

        assertThat(await(store.list("v2/", "")).objects())
                .extracting(ObjectInfo::name)
                .containsExactly("v2/a");
    }

    /** A page that lists nothing and says that there is more. */
    protected abstract String emptyPage();

    /** Other programs' names may have any character, also those for which XML has no form. */
    @Test
    void namesOfOtherProgramsDoNotDisturbAList() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, byte[]> objects = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            objects.put("v2/" + i + ".avro", bytes(i));
            String strange = random.ints(1 + random.nextInt(8), 1, 0x500)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            objects.put("v2/" + strange + "\u0001", bytes(i));
        }
        objects.forEach(bucket::put);

        assertThat(listAll("v2/"))
                .as("seed %d", seed)
                .extracting(ObjectInfo::name)
                .containsExactlyElementsOf(IntStream.range(0, 500)
                        .mapToObj(i -> "v2/" + i + ".avro")
                        .sorted()
                        .toList());
        await(store.check());
    }

    protected static void assertFails(ThrowingCallable call, Remedy remedy, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.remedy()).as(e.getMessage()).isEqualTo(remedy))
                .hasMessageStartingWith("bucket ")
                .hasMessageContaining(message);
    }
}
