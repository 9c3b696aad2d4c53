package io.alertstream.server.limits;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies clients by their address, or by what a trusted proxy's {@code Forwarded} (RFC 7239) or {@code
 * X-Forwarded-For} header says. An IPv6 client is identified by the first 64 bits, since it chooses the others
 * itself.
 */
public final class Clients {

    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?");
    /** {@code [2001:db8::1]:4711}, {@code 192.0.2.1:4711}, or either without a port. */
    private static final Pattern NODE = Pattern.compile("\\[([^\\]]*)](?::\\d+)?|([0-9.]+):\\d+|(.*)");

    private final List<AddressRange> proxies;

    public Clients(List<AddressRange> proxies) {
        this.proxies = proxies;
    }

    /** The client that sent a request. */
    String of(HttpServerRequest request) {
        String host = request.connection().remoteAddress().hostAddress();
        return proxies.isEmpty() ? key(host) : of(host, request);
    }

    /** The client that opened a connection; empty for a proxy, which forwards the requests of many. */
    Optional<String> of(HttpConnection connection) {
        String host = connection.remoteAddress().hostAddress();
        return isProxy(host) ? Optional.empty() : Optional.of(key(host));
    }

    /** The address nearest to this server that isn't a trusted proxy: anything before it may be forged. */
    private String of(String host, HttpServerRequest request) {
        String nearest = host;
        List<String> before = forwarded(request);
        for (int i = before.size() - 1; i >= 0 && isProxy(nearest); i--) {
            if (AddressRange.address(before.get(i)).isEmpty()) {
                break;
            }
            nearest = before.get(i);
        }
        return key(nearest);
    }

    private static List<String> forwarded(HttpServerRequest request) {
        List<String> nodes = new ArrayList<>();
        List<String> standard = request.headers().getAll("Forwarded");
        if (standard.isEmpty()) {
            Collections.addAll(
                    nodes,
                    String.join(",", request.headers().getAll("X-Forwarded-For"))
                            .split(",", -1));
        } else {
            for (String element : String.join(",", standard).split(",", -1)) {
                Matcher matcher = FOR.matcher(element);
                nodes.add(matcher.find() ? matcher.group(1) : "");
            }
        }
        nodes.replaceAll(Clients::withoutPort);
        return nodes;
    }

    private static String withoutPort(String node) {
        Matcher matcher = NODE.matcher(node.strip());
        if (!matcher.matches()) {
            return "";
        }
        return matcher.group(1) != null
                ? matcher.group(1)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
    }

    private boolean isProxy(String host) {
        return !proxies.isEmpty()
                && AddressRange.address(host).stream()
                        .anyMatch(address -> proxies.stream().anyMatch(range -> range.contains(address)));
    }

    private static String key(String host) {
        byte[] address = AddressRange.address(host).map(InetAddress::getAddress).orElse(new byte[0]);
        return address.length == IPV6_BYTES ? HexFormat.of().formatHex(address, 0, IPV6_NETWORK_BYTES) : host;
    }
}
