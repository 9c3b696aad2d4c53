package io.alertstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.ObjectStore.Creation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of store guarantees. */
public abstract class ObjectStoreContract {

    protected static final String NAME = "alert_archive/v1/alerts/170.avro.gz";

    protected Vertx vertx;
    protected ObjectStore store;

    /** Opens the store under test, for reading and writing; it is empty. */
    protected abstract ObjectStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        vertx = Vertx.vertx();
        store = open();
    }

    @AfterEach
    void closeStore() {
        await(store.close());
        await(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60_000, 9_000_000})
    void anObjectIsReadAsItWasCreated(int size) {
        byte[] content = bytes(size);

        assertThat(create(NAME, content)).isEqualTo(Creation.CREATED);

        assertThat(await(store.read(NAME))).get().isEqualTo(content);
    }

    @Test
    void anExistingObjectIsUnchanged() {
        create(NAME, "first".getBytes(UTF_8));

        assertThat(create(NAME, "second".getBytes(UTF_8))).isEqualTo(Creation.EXISTS);

        assertThat(await(store.read(NAME))).get().isEqualTo("first".getBytes(UTF_8));
    }

    @Test
    protected void ofConcurrentCreationsOneSucceeds() {
        List<Future<Creation>> attempts = IntStream.range(0, 50)
                .mapToObj(i -> store.create(NAME, bytes(1000 + i), "application/gzip", Map.of()))
                .toList();

        Stream<Creation> created =
                attempts.stream().map(ObjectStoreContract::await).filter(Creation.CREATED::equals);

        assertThat(created).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {NAME, "v2/alerts/170001/170001.avro", "v2/schemas/900.json", "one"})
    void anObjectNeverCreatedIsAbsent(String name) {
        create("v2/alerts/170001/170002.avro", bytes(10));

        assertThat(await(store.read(name))).isEmpty();
    }

    @Test
    void similarNamesAreDistinct() {
        for (int i = 0; i < 20; i++) {
            create("v2/alerts/17000" + i % 3 + "/" + i + ".avro.gz", bytes(i));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(await(store.read("v2/alerts/17000" + i % 3 + "/" + i + ".avro.gz")))
                    .get()
                    .isEqualTo(bytes(i));
        }
    }

    /** Random names, many of which begin alike. */
    private static List<String> names(Random random, int count) {
        String letters = "aAbz09.-_";
        return Stream.generate(() -> IntStream.range(0, 1 + random.nextInt(3))
                        .mapToObj(segment -> "a0_-".charAt(random.nextInt(4))
                                + IntStream.range(0, random.nextInt(3))
                                        .mapToObj(i -> letters.substring(random.nextInt(9))
                                                .substring(0, 1))
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining("/", "v2/", ".avro")))
                .distinct()
                .limit(count)
                .toList();
    }

    @Test
    void aListIsOrderedByTheBytesOfNames() {
        long seed = new Random().nextLong();
        List<String> names = names(new Random(seed), 60);
        await(Future.all(names.stream()
                .map(name -> store.create(name, bytes(name.length()), "application/gzip", Map.of()))
                .toList()));

        List<ObjectInfo> listed = listAll("v2/");

        assertThat(listed)
                .as("seed %d", seed)
                .extracting(ObjectInfo::name)
                .containsExactlyElementsOf(names.stream()
                        .sorted(Comparator.comparing(name -> name.getBytes(UTF_8), Arrays::compareUnsigned))
                        .toList());
        assertThat(listed).allSatisfy(object -> assertThat(object.size())
                .isEqualTo(object.name().length()));
        for (String name : names.subList(0, 20)) {
            String after = name.substring(0, 1 + name.length() / 2);
            assertThat(await(store.list("v2/", after)).objects())
                    .as("seed %d, after %s", seed, after)
                    .isEqualTo(listed.stream()
                            .filter(object -> object.name().compareTo(after) > 0)
                            .toList());
            String prefix = name.substring(0, 3 + (name.length() - 3) / 2);
            assertThat(await(store.list(prefix, name)).objects())
                    .as("seed %d, prefix %s", seed, prefix)
                    .isEqualTo(listed.stream()
                            .filter(object -> object.name().startsWith(prefix)
                                    && object.name().compareTo(name) > 0)
                            .toList());
        }
    }

    @Test
    void aLongListIsPaged() {
        int count = ObjectPage.MAX_OBJECTS + 25;
        await(Future.all(IntStream.range(0, count)
                .mapToObj(i -> store.create("v2/" + i, bytes(1), "application/gzip", Map.of()))
                .toList()));
        create("v3/other", bytes(1));

        ObjectPage first = await(store.list("v2/", ""));

        assertThat(first.objects()).hasSizeBetween(1, ObjectPage.MAX_OBJECTS);
        assertThat(first.next()).isPresent();
        assertThat(listAll("v2/"))
                .extracting(ObjectInfo::name)
                .isEqualTo(IntStream.range(0, count)
                        .mapToObj(i -> "v2/" + i)
                        .sorted()
                        .toList());
    }

    @Test
    void anObjectIsListedAsSoonAsItIsCreated() {
        for (int i = 0; i < 10; i++) {
            create("v2/a/" + i, bytes(i));
            assertThat(await(store.list("v2/", "")).objects()).hasSize(i + 1);
        }
        assertThat(await(store.list("v2/", "v2/a/\u00e9")).objects()).isEmpty();
        assertThat(await(store.list("v1/", "")).objects()).isEmpty();
    }

    /** The survey's own buckets have such names. */
    @Test
    protected void aLeadingSlashIsPartOfAName() {
        assertThat(create("/" + NAME, bytes(10))).isEqualTo(Creation.CREATED);
        assertThat(create("/" + NAME, bytes(20))).isEqualTo(Creation.EXISTS);
        create("/alert_archive/v1/alerts/1000.avro.gz", bytes(10));

        assertThat(await(store.read("/" + NAME))).get().isEqualTo(bytes(10));
        assertThat(await(store.read("/" + NAME, 2, 3))).get().isEqualTo(Arrays.copyOfRange(bytes(10), 2, 5));
        assertThat(await(store.info("/" + NAME))).map(ObjectInfo::size).contains(10L);
        assertThat(await(store.read("/alert_archive/v1/alerts/17.avro.gz"))).isEmpty();
        assertThat(listAll("/alert_archive/v1/"))
                .extracting(ObjectInfo::name)
                .containsExactly("/alert_archive/v1/alerts/1000.avro.gz", "/" + NAME);
        assertThat(listAll("/")).hasSize(2);
        assertThat(await(store.list("/", "/alert_archive/v1/alerts/1000.avro.gz"))
                        .objects())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void checksumAndSizeAreThoseOfTheBytes(int size) {
        create(NAME, bytes(size));
        CRC32C crc = new CRC32C();
        crc.update(bytes(size));

        assertThat(await(store.checksum(NAME))).contains((int) crc.getValue());
        ObjectInfo info = await(store.info(NAME)).orElseThrow();
        assertThat(info.name()).isEqualTo(NAME);
        assertThat(info.size()).isEqualTo(size);
        for (ObjectInfo shown : List.of(info, listAll("").get(0))) {
            shown.crc32c().ifPresent(crc32c -> assertThat(crc32c).isEqualTo((int) crc.getValue()));
        }
        assertThat(await(store.checksum("v2/absent"))).isEmpty();
        assertThat(await(store.info("v2/absent"))).isEmpty();
    }

    @Test
    void partOfAnObjectIsReadUpToItsEnd() {
        create(NAME, bytes(1000));

        assertThat(await(store.read(NAME, 0, 1000))).get().isEqualTo(bytes(1000));
        assertThat(await(store.read(NAME, 10, 20))).get().isEqualTo(Arrays.copyOfRange(bytes(1000), 10, 30));
        assertThat(await(store.read(NAME, 999, 20))).get().isEqualTo(Arrays.copyOfRange(bytes(1000), 999, 1000));
        assertThat(await(store.read(NAME, 1000, 20))).get().isEqualTo(new byte[0]);
        assertThat(await(store.read(NAME, 1L << 40, 20))).get().isEqualTo(new byte[0]);
        assertThat(await(store.read("v2/absent", 0, 10))).isEmpty();
        create("v2/empty", new byte[0]);
        assertThat(await(store.read("v2/empty", 0, 10))).get().isEqualTo(new byte[0]);
        assertThatThrownBy(() -> await(store.read(NAME, -1, 10))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(store.read(NAME, 0, 0))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ObjectPieces.PIECE_BYTES, 2 * ObjectPieces.PIECE_BYTES + 1})
    void anObjectIsStreamedWhole(int size) {
        create(NAME, bytes(size));
        Promise<Buffer> read = Promise.promise();

        vertx.runOnContext(start -> store.stream(NAME)
                .compose(stream -> {
                    assertThat(stream.orElseThrow().size()).isEqualTo(size);
                    return stream.orElseThrow()
                            .collect(Collector.of(Buffer::buffer, Buffer::appendBuffer, Buffer::appendBuffer));
                })
                .onComplete(read));

        assertThat(await(read.future()).getBytes()).isEqualTo(bytes(size));
        assertThat(await(store.stream("v2/absent"))).isEmpty();
    }

    protected List<ObjectInfo> listAll(String prefix) {
        List<ObjectInfo> all = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            ObjectPage page = await(store.list(prefix, next.get()));
            all.addAll(page.objects());
            next = page.next();
        }
        return all;
    }

    @Test
    void aWorkingStorePassesItsCheck() {
        await(store.check());
    }

    static List<String> namesOfNoObject() {
        return List.of(
                "",
                "/",
                "//etc/passwd",
                "../secret",
                "a/../../secret",
                "a/./b",
                "a//b",
                "a/",
                ".tmp/lock",
                "a/.hidden",
                "a\0b",
                "a\\b",
                "a b",
                "%2e%2e/a",
                "\u0661\u0662",
                "x".repeat(201),
                "x/".repeat(600) + "x");
    }

    @ParameterizedTest
    @MethodSource("namesOfNoObject")
    void aNameThatCouldLeaveTheStoreIsRefused(String name) {
        assertThatThrownBy(() -> await(store.read(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not the name of an object");
        assertThatThrownBy(() -> create(name, bytes(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(store.read(name, 0, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> await(store.info(name))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../", "a/../", "a//", ".tmp", ".", "a/.", "a b", "//"})
    void aPrefixThatCouldLeaveTheStoreIsRefused(String prefix) {
        assertThatThrownBy(() -> await(store.list(prefix, ""))).isInstanceOf(IllegalArgumentException.class);
    }

    protected Creation create(String name, byte[] content) {
        return await(store.create(name, content, "application/gzip", Map.of("topic", "alerts-simulated")));
    }

    public static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Arrays.copyOf(content, size);
    }

    /** The result; throws a failure unchanged. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within 60 s", e);
        }
    }
}
