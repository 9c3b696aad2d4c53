package io.alertstream.local;

import io.alertstream.local.BrokerException.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Checks TCP ports of this machine. */
final class Ports {

    private Ports() {}

    /** A port that is free now. Another program may take it before it is used, so be ready to retry. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Refuses a port that is in use, before anything is started or written.
     *
     * @throws BrokerException with the given problem if something listens on it
     */
    static void requireFree(int port, Problem problem) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerException(
                    problem, "the broker can't listen on " + BrokerConfig.HOST + ":" + port + ": " + e.getMessage(), e);
        }
    }
}
