package io.alertstream.server.protocol;

import io.alertstream.archive.Crc32c;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strong validator, in quotes: RFC 9110, section 8.8.3. */
public record EntityTag(String text) {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

    /**
     * Made from the object's length and the CRC-32C that buckets store too. Objects never change, so the tag only has
     * to differ between archives.
     */
    public static EntityTag of(byte[] content) {
        return new EntityTag("\"" + Crc32c.text(Crc32c.of(content)) + "-" + Integer.toHexString(content.length) + "\"");
    }

    /** The tag of the same content in another encoding, whose bytes differ. */
    public EntityTag of(String encoding) {
        return new EntityTag(text.substring(0, text.length() - 1) + "-" + encoding + "\"");
    }

    /** Whether to send the content: {@code If-None-Match} neither names this tag nor is {@code *}. Section 13.1.2. */
    public boolean isWanted(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
        return headers.stream().noneMatch(header -> header.strip().equals("*")) && !isIn(headers);
    }

    /** Whether {@code If-None-Match} names this tag. */
    public boolean isNamed(HttpServerRequest request) {
        return isIn(request.headers().getAll(HttpHeaders.IF_NONE_MATCH));
    }

    private boolean isIn(List<String> headers) {
        for (String header : headers) {
            Matcher matcher = TAG.matcher(header);
            while (matcher.find()) {
                if (matcher.group(1).equals(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
