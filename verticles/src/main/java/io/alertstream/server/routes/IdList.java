package io.alertstream.server.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A list of alert ids in JSON, as numbers or as strings: {@code [7912941781254298, "LSST-AP-DS-5"]}. */
final class IdList {

    static final int MAX_IDS = 10_000;

    /** Room for that many ids in their longest form, each on its own indented line. */
    static final int MAX_BYTES = 512 << 10;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String EXPECTED = "expected a JSON list of 1 to " + MAX_IDS + " alert ids";

    private IdList() {}

    /**
     * Parses the ids, in the order of the list.
     *
     * @throws IllegalArgumentException if the text isn't such a list; the message may be shown to clients
     */
    static List<Long> parse(Buffer text) {
        try (JsonParser in = JSON.createParser(utf8(text))) {
            if (in.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException(EXPECTED);
            }
            List<Long> ids = new ArrayList<>();
            for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
                ids.add(id(in, token, ids.size()));
            }
            if (ids.isEmpty() || in.nextToken() != null) {
                throw new IllegalArgumentException(EXPECTED);
            }
            return ids;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(EXPECTED + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** JSON must be UTF-8 (RFC 8259, section 8.1). Jackson would guess UTF-16 and UTF-32, and fail in other ways. */
    private static String utf8(Buffer text) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes())).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(EXPECTED + " in UTF-8", e);
        }
    }

    private static long id(JsonParser in, JsonToken token, int index) throws IOException {
        if (index == MAX_IDS) {
            throw new IllegalArgumentException(EXPECTED + ", got more");
        }
        boolean scalar = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
        OptionalLong id = scalar ? IdSyntax.alert(in.getText()) : OptionalLong.empty();
        return id.orElseThrow(
                () -> new IllegalArgumentException("expected an alert's id at index " + index + ": " + IdSyntax.ALERT));
    }
}
