package io.alertstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.StoreException.Remedy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PageCheckTest {

    private static final MemoryStore STORE = new MemoryStore();

    @Test
    void aPageInTheOrderOfBytesPasses() {
        // In UTF-16, which Java compares, the second is before the first.
        ObjectPage page = page(Optional.of("v2/\ud83d\ude00"), "v2/\uff5e", "v2/\ud83d\ude00");

        assertThat(new PageCheck(STORE, "v2/").checked("", page)).isSameAs(page);
        assertThat(new PageCheck(STORE, "").checked("v2/\uff5d", page)).isSameAs(page);
        ObjectPage empty = page(Optional.of("v2/c"));
        assertThat(new PageCheck(STORE, "v2/").checked("v2/b", empty)).isSameAs(empty);
    }

    static List<Arguments> wrongPages() {
        return List.of(
                Arguments.of(page(Optional.empty(), "v2/c", "v2/b"), "names after \"v2/c\", in order, got \"v2/b\""),
                Arguments.of(page(Optional.empty(), "v2/c", "v2/c"), "names after \"v2/c\", in order, got \"v2/c\""),
                Arguments.of(page(Optional.empty(), "v2/a"), "names after \"v2/a\", in order, got \"v2/a\""),
                Arguments.of(page(Optional.empty(), "v2/c", "v3/a"), "names that begin with \"v2/\", got \"v3/a\""),
                Arguments.of(page(Optional.of("v2/b"), "v2/b", "v2/c"), "a next page after \"v2/c\", got \"v2/b\""),
                Arguments.of(page(Optional.of("v2/a")), "a next page after \"v2/a\", got \"v2/a\""),
                Arguments.of(page(Optional.of("")), "a next page after \"v2/a\", got \"\""));
    }

    @ParameterizedTest
    @MethodSource("wrongPages")
    void aPageThatDoesNotContinueTheListIsRefused(ObjectPage page, String message) {
        assertThatThrownBy(() -> new PageCheck(STORE, "v2/").checked("v2/a", page))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY))
                .hasMessage("memory store: invalid listing: expected " + message);
    }

    /** Two names of a list swapped are found, wherever they are. */
    @Test
    void everySwapIsDetected() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String[] names = IntStream.range(0, 30)
                    .mapToObj(i -> random.ints(1 + random.nextInt(4), 0x20, 0xd800)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                            .toString())
                    .distinct()
                    .sorted((a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)))
                    .toArray(String[]::new);
            assertThat(new PageCheck(STORE, "").checked("", page(Optional.empty(), names)))
                    .as("seed %d", seed)
                    .isNotNull();
            int at = random.nextInt(names.length - 1);
            int with = at + 1 + random.nextInt(names.length - at - 1);
            String name = names[at];
            names[at] = names[with];
            names[with] = name;

            assertThatThrownBy(() -> new PageCheck(STORE, "").checked("", page(Optional.empty(), names)))
                    .as("seed %d", seed)
                    .isInstanceOf(StoreException.class);
        }
    }

    private static ObjectPage page(Optional<String> next, String... names) {
        return new ObjectPage(
                Arrays.stream(names)
                        .map(name -> new ObjectInfo(name, 1, OptionalInt.empty()))
                        .toList(),
                next);
    }
}
