package io.alertstream.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request's {@code Accept} header: RFC 9110, section 12.5.1. Parameters of media types other than the weight are
 * ignored, and so are parts that aren't media ranges.
 *
 * @param any whether the header is empty, which accepts anything
 */
public record Accept(List<Range> ranges, boolean any) {

    private static final String ANY = "*";

    /** The closeness of a type that is named in full. */
    private static final int NAMED = 3;

    /** A media type or a range of media types, and its weight. */
    record Range(String type, String subtype, double weight) {

        /** How specifically the range matches a media type: 0 not at all, 3 by name. */
        int closeness(String mediaType) {
            String[] parts = mediaType.split("/", 2);
            if (type.equals(ANY)) {
                return 1;
            }
            if (!type.equals(parts[0])) {
                return 0;
            }
            if (subtype.equals(ANY)) {
                return 2;
            }
            return subtype.equals(parts[1]) ? NAMED : 0;
        }
    }

    static Accept of(List<String> headers) {
        List<Range> ranges = new ArrayList<>();
        String all = String.join(",", headers);
        for (String part : all.split(",", -1)) {
            // Split at a literal: a regular expression that skips spaces takes time quadratic in their number.
            String[] parameters = part.toLowerCase(Locale.ROOT).split(";", -1);
            String[] type = parameters[0].strip().split("/", -1);
            if (type.length == 2) {
                ranges.add(new Range(type[0].strip(), type[1].strip(), weight(parameters)));
            }
        }
        return new Accept(ranges, all.chars().allMatch(c -> c == ',' || Character.isWhitespace(c)));
    }

    /** The offer with the highest weight, the first of several; empty if none is acceptable. */
    <T extends Offer> Optional<T> best(List<T> offers) {
        if (any) {
            return Optional.of(offers.get(0));
        }
        // A type that will be sent goes before an alias: image/* means a PNG rather than FITS, which is image/fits too.
        return best(offers, 1).or(() -> best(offers, Integer.MAX_VALUE));
    }

    private <T extends Offer> Optional<T> best(List<T> offers, int typesInRanges) {
        T best = null;
        double weight = 0;
        for (T offer : offers) {
            double weightHere = weight(offer.types(), typesInRanges);
            if (weightHere > weight) {
                best = offer;
                weight = weightHere;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The weight of the range that describes an offer most closely.
     *
     * @param inRanges how many of its types a range such as {@code image/*} is compared to; names are compared to all
     */
    private double weight(List<String> types, int inRanges) {
        int closest = 0;
        double weight = 0;
        for (Range range : ranges) {
            for (int i = 0; i < types.size(); i++) {
                int closeness = range.closeness(types.get(i));
                if (closeness > closest && (i < inRanges || closeness == NAMED)) {
                    closest = closeness;
                    weight = range.weight();
                }
            }
        }
        return weight;
    }

    private static double weight(String[] parameters) {
        for (int i = 1; i < parameters.length; i++) {
            String parameter = parameters[i].strip();
            if (parameter.startsWith("q=")) {
                return AcceptEncoding.weight(parameter);
            }
        }
        return 1;
    }
}
