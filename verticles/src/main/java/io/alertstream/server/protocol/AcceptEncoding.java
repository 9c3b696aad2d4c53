package io.alertstream.server.protocol;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** A request's {@code Accept-Encoding} header: RFC 9110, section 12.5.3. */
public final class AcceptEncoding {

    private static final double UNNAMED = -1;

    private AcceptEncoding() {}

    /**
     * Whether the client accepts gzip and doesn't prefer the identity encoding. Without the header the answer isn't compressed.
     */
    public static boolean gzip(HttpServerRequest request) {
        return gzip(String.join(",", request.headers().getAll(HttpHeaders.ACCEPT_ENCODING)));
    }

    static boolean gzip(String header) {
        double gzip = UNNAMED;
        double identity = UNNAMED;
        double any = UNNAMED;
        for (String part : header.split(",", -1)) {
            String[] codingAndWeight = part.split(";", 2);
            double weight = codingAndWeight.length == 1 ? 1 : weight(codingAndWeight[1]);
            switch (codingAndWeight[0].strip().toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
                case "identity" -> identity = weight;
                case "*" -> any = weight;
                default -> {
                    // Not offered.
                }
            }
        }
        double weight = gzip == UNNAMED ? any : gzip;
        return weight > 0 && weight >= identity;
    }

    /** An invalid weight counts as 0, so that the client gets the identity encoding. */
    static double weight(String parameter) {
        String[] nameAndValue = parameter.split("=", 2);
        if (nameAndValue.length == 2 && nameAndValue[0].strip().equalsIgnoreCase("q")) {
            String value = nameAndValue[1].strip();
            if (value.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?")) {
                return Double.parseDouble(value);
            }
        }
        return 0;
    }
}
