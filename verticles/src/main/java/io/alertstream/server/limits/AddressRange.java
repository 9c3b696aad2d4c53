package io.alertstream.server.limits;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation, {@code 10.0.0.0/8} or {@code fd00::/8}, or a single address.
 *
 * @param first an address of the range
 * @param bits length of the common prefix
 */
public record AddressRange(InetAddress first, int bits) {

    private static final String EXPECTED = "an IP address or a range such as 10.0.0.0/8 or fd00::/8";
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

    /** Parses a range. */
    static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress first = address(parts[0]).orElseThrow(() -> new IllegalArgumentException(EXPECTED));
        int all = first.getAddress().length * Byte.SIZE;
        if (parts.length == 1) {
            return new AddressRange(first, all);
        }
        int bits = parts[1].matches("\\d{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return new AddressRange(first, bits);
    }

    /** Parses a literal address; never asks DNS. */
    public static Optional<InetAddress> address(String text) {
        if (!IPV4.matcher(text).matches() && text.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is in the range. */
    public boolean contains(InetAddress address) {
        byte[] ours = first.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
