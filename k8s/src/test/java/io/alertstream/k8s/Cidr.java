package io.alertstream.k8s;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of addresses, such as {@code 10.0.0.0/8}. */
record Cidr(InetAddress base, int prefix) {

    static Cidr of(String text) {
        int slash = text.indexOf('/');
        return new Cidr(address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(String text) {
        InetAddress address = address(text);
        int bits = 8 * base.getAddress().length;
        return address.getAddress().length == base.getAddress().length
                && number(address).xor(number(base)).shiftRight(bits - prefix).signum() == 0;
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** An address in digits, which is never looked up. */
    private static InetAddress address(String digits) {
        try {
            return InetAddress.getByName(digits);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + digits, e);
        }
    }
}
