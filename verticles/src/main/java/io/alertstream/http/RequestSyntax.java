package io.alertstream.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks what RFC 9110 and 9112 require to be refused before the rest of a request is read. */
final class RequestSyntax {

    /**
     * A name, an IPv4 or an IPv6 address, and optionally a port: RFC 3986, section 3.2.2, without the rarer characters.
     */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._~%!$&'()*+,;=-]+)(:[0-9]{0,5})?");

    /** A status, and what was expected and what was found. */
    record Fault(int status, String detail) {}

    private RequestSyntax() {}

    /** What is wrong with a request's line and headers; empty if nothing is. */
    static Optional<Fault> fault(HttpRequest request, int maxLineBytes, int maxHeaderBytes) {
        if (request.decoderResult().isFailure()) {
            // Netty refuses most transfer encodings too, but doesn't say that they are the reason.
            return transferEncoding(request)
                    .or(() -> Optional.of(undecodable(request.decoderResult().cause(), maxLineBytes, maxHeaderBytes)));
        }
        if (request.protocolVersion().majorVersion() != 1) {
            return fault(505, "expected HTTP/1.1, found " + request.protocolVersion());
        }
        if (request.headers().contains("")) {
            // Netty accepts it.
            return fault(400, "malformed request: a header without a name");
        }
        return target(request)
                .or(() -> host(request))
                .or(() -> transferEncoding(request))
                .or(() -> expectation(request));
    }

    private static Fault undecodable(Throwable cause, int maxLineBytes, int maxHeaderBytes) {
        if (cause instanceof TooLongHttpLineException) {
            // Not 414: an id that is too long is answered like any other invalid id.
            return new Fault(400, "the request's address is longer than " + maxLineBytes + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Fault(431, "the request's headers are longer than " + maxHeaderBytes + " bytes");
        }
        return new Fault(400, "malformed request: expected a request line and headers of HTTP/1.1");
    }

    /** RFC 9112, section 3.2: a path or a whole address, except for OPTIONS and CONNECT. Vert.x's router fails on ".". */
    private static Optional<Fault> target(HttpRequest request) {
        String target = request.uri();
        boolean other = (request.method().equals(HttpMethod.OPTIONS) && target.equals("*"))
                || request.method().equals(HttpMethod.CONNECT);
        return other || target.startsWith("/") || target.contains("://")
                ? Optional.empty()
                : fault(400, "malformed request: expected a path that begins with /");
    }

    /** RFC 9112, section 3.2. */
    private static Optional<Fault> host(HttpRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean needed = !request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (hosts.size() > 1 || (hosts.isEmpty() && needed)) {
            return fault(400, "expected one Host header, found " + hosts.size());
        }
        return hosts.stream().allMatch(host -> HOST.matcher(host.strip()).matches())
                ? Optional.empty()
                : fault(400, "malformed Host header: expected a name or address, and perhaps a port");
    }

    /** RFC 9112, section 6.1. */
    private static Optional<Fault> transferEncoding(HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return Optional.empty();
        }
        List<String> codings = Arrays.stream(String.join(",", headers.getAll(HttpHeaderNames.TRANSFER_ENCODING))
                        .toLowerCase(Locale.ROOT)
                        .split(",", -1))
                .map(String::strip)
                .toList();
        if (codings.stream().anyMatch(coding -> !coding.equals("chunked"))) {
            return fault(501, "unknown Transfer-Encoding: expected chunked and nothing else");
        }
        if (codings.size() > 1 || request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            return fault(400, "malformed Transfer-Encoding: expected chunked once, in HTTP/1.1");
        }
        return Optional.empty();
    }

    /** RFC 9110, section 10.1.1. */
    private static Optional<Fault> expectation(HttpRequest request) {
        return request.headers().getAll(HttpHeaderNames.EXPECT).stream()
                        .allMatch(expected -> expected.strip().equalsIgnoreCase("100-continue"))
                ? Optional.empty()
                : fault(417, "unknown Expect: only 100-continue is supported");
    }

    private static Optional<Fault> fault(int status, String detail) {
        return Optional.of(new Fault(status, detail));
    }
}
