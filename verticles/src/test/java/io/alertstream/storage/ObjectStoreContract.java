package io.alertstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.ObjectStore.Creation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of store promises. */
public abstract class ObjectStoreContract {

    protected static final String NAME = "/alert_archive/v1/alerts/170.avro.gz";

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
    void anObjectThatExistsStaysAsItIs() {
        create(NAME, "first".getBytes(UTF_8));

        assertThat(create(NAME, "second".getBytes(UTF_8))).isEqualTo(Creation.EXISTS);

        assertThat(await(store.read(NAME))).get().isEqualTo("first".getBytes(UTF_8));
    }

    @Test
    void ofManyWhoCreateOneObjectOneDoes() {
        List<Future<Creation>> attempts = IntStream.range(0, 50)
                .mapToObj(i -> store.create(NAME, bytes(1000 + i), "application/gzip", Map.of()))
                .toList();

        Stream<Creation> created =
                attempts.stream().map(ObjectStoreContract::await).filter(Creation.CREATED::equals);

        assertThat(created).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {NAME, "v2/alerts/170001/170001.avro", "v2/schemas/900.json", "one"})
    void whatWasNeverCreatedIsAbsent(String name) {
        create("v2/alerts/170001/170002.avro", bytes(10));

        assertThat(await(store.read(name))).isEmpty();
    }

    @Test
    void namesAreApart() {
        for (int i = 0; i < 20; i++) {
            create("v2/alerts/17000" + i % 3 + "/" + i + ".avro.gz", bytes(i));
        }

        for (int i = 0; i < 20; i++) {
            assertThat(await(store.read("v2/alerts/17000" + i % 3 + "/" + i + ".avro.gz")))
                    .get()
                    .isEqualTo(bytes(i));
        }
    }

    @Test
    void aStoreThatWorksPassesItsCheck() {
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
    void aNameThatCouldLeadElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> await(store.read(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not the name of an object");
        assertThatThrownBy(() -> create(name, bytes(1))).isInstanceOf(IllegalArgumentException.class);
    }

    protected Creation create(String name, byte[] content) {
        return await(store.create(name, content, "application/gzip", Map.of("topic", "alerts-simulated")));
    }

    public static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Arrays.copyOf(content, size);
    }

    /** The result, or the failure as it is. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within 20 s", e);
        }
    }
}
