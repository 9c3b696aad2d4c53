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
     * Made of the object's length and the checksum that buckets keep as well. Objects never change, so this only has to
     * tell archives apart.
     */
    public static EntityTag of(byte[] content) {
        return new EntityTag("\"" + Crc32c.text(Crc32c.of(content)) + "-" + Integer.toHexString(content.length) + "\"");
    }

    /** The one of the same thing in another encoding: other bytes, so another tag. */
    public EntityTag of(String encoding) {
        return new EntityTag(text.substring(0, text.length() - 1) + "-" + encoding + "\"");
    }

    /** Whether the client wants what has this tag: its {@code If-None-Match} doesn't name it. Section 13.1.2. */
    public boolean isWanted(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
        return headers.stream().noneMatch(header -> header.strip().equals("*")) && !isIn(headers);
    }

    /** Whether the client has just this, and not only anything. */
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
