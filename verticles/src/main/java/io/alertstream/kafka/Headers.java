package io.alertstream.kafka;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The headers of a message, in order; names may repeat. The arrays are shared, not copied, and must not be changed. */
public final class Headers implements Iterable<Headers.Header> {

    /** No headers. */
    public static final Headers NONE = new Headers(List.of());

    private final List<Header> all;

    /**
     * One header.
     *
     * @param value may be null
     */
    @SuppressWarnings("ArrayRecordComponent") // Identity is enough: headers are passed on, never compared.
    public record Header(String name, byte[] value) {}

    private Headers(List<Header> all) {
        this.all = all;
    }

    /** Headers in this order. */
    public static Headers of(List<Header> headers) {
        return headers.isEmpty() ? NONE : new Headers(List.copyOf(headers));
    }

    /** A single header. */
    public static Headers of(String name, byte[] value) {
        return new Headers(List.of(new Header(name, value)));
    }

    /** These headers and one more after them. */
    public Headers and(String name, byte[] value) {
        List<Header> more = new ArrayList<>(all);
        more.add(new Header(name, value));
        return new Headers(more);
    }

    /** These headers except those whose names meet the condition. */
    public Headers without(Predicate<String> name) {
        return of(all.stream().filter(header -> !name.test(header.name())).toList());
    }

    /** The value of the last header of that name; null if there is none, or it has no value. */
    public byte[] last(String name) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).name().equals(name)) {
                return all.get(i).value();
            }
        }
        return null;
    }

    @Override
    public Iterator<Header> iterator() {
        return all.iterator();
    }

    /** An upper bound of their bytes in a message: a character of a name takes up to three. */
    long bytes() {
        long bytes = 0;
        for (Header header : all) {
            bytes += 3L * header.name().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
