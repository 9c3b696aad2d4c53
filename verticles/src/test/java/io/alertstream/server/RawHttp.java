package io.alertstream.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A connection on which anything can be sent, HTTP or not. */
public final class RawHttp implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    public record Answer(int status, Map<String, String> headers, byte[] body) {

        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        public String text() {
            return new String(body, ISO_8859_1);
        }
    }

    public RawHttp(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = socket.getInputStream();
    }

    /** One request on its own connection; header lines are sent unchanged. */
    public static Answer request(int port, String method, String target, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            return http.ask(method, target, headers);
        }
    }

    public Answer ask(String method, String target, String... headers) throws IOException {
        send(text(method, target, headers));
        return answer(method.equals("HEAD"));
    }

    public static String text(String method, String target, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** The next answer; fails with an {@link EOFException} if the server closed the connection instead. */
    public Answer answer(boolean head) throws IOException {
        Answer begun = head();
        if (begun.headers().getOrDefault("transfer-encoding", "").equals("chunked") && !head) {
            return new Answer(begun.status(), begun.headers(), chunks(Integer.MAX_VALUE));
        }
        int length = head || begun.status() == 304
                ? 0
                : Integer.parseInt(begun.headers().getOrDefault("content-length", "0"));
        return new Answer(begun.status(), begun.headers(), in.readNBytes(length));
    }

    /** The beginning of an endless answer: its headers and this many chunks. */
    Answer beginning(int chunks) throws IOException {
        Answer begun = head();
        return new Answer(begun.status(), begun.headers(), chunks(chunks));
    }

    private Answer head() throws IOException {
        String statusLine = line().orElseThrow(EOFException::new);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line().orElseThrow(); !line.isEmpty(); line = line().orElseThrow()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(statusLine.split(" ", 3)[1]), headers, new byte[0]);
    }

    /** At most this many chunks of a body; trailers are skipped. */
    private byte[] chunks(int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(), read = 1; size > 0; size = size(), read++) {
            body.writeBytes(in.readNBytes(size));
            line();
            if (read == most) {
                return body.toByteArray();
            }
        }
        while (!line().orElseThrow(EOFException::new).isEmpty()) {}
        return body.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line().orElseThrow(EOFException::new), 16);
    }

    /** Whether the server answers rather than closing the connection. */
    boolean untilAnswered() throws IOException {
        try {
            return in.read() >= 0;
        } catch (SocketException reset) {
            return false;
        }
    }

    /** Waits for the server to close the connection, and returns what it sent until then. */
    public byte[] untilClosed() throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return Optional.empty();
            }
            line.write(c);
        }
        return Optional.of(line.toString(ISO_8859_1).stripTrailing());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
