package io.alertstream.storage.file;

import io.alertstream.storage.UnusableObjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that holds an object.
 *
 * @param store the store's name, for messages
 * @param name of the object
 */
record ObjectFile(String store, String name, Path path) {

    long size() throws IOException {
        return attributes().size();
    }

    /**
     * Reads all of it.
     *
     * @throws UnusableObjectException if it isn't a file, or is larger than {@code maxBytes}
     */
    byte[] readAll(int maxBytes) throws IOException {
        try (SeekableByteChannel channel = open()) {
            long size = channel.size();
            if (size > maxBytes) {
                throw unusable("has " + size + " bytes, expected at most " + maxBytes);
            }
            return read(channel, (int) size);
        }
    }

    /**
     * Reads part of it, as far as the file reaches.
     *
     * @throws UnusableObjectException if it isn't a file
     */
    byte[] read(long from, int length) throws IOException {
        try (SeekableByteChannel channel = open()) {
            channel.position(from);
            return read(channel, (int) Math.max(0, Math.min(length, channel.size() - from)));
        }
    }

    private SeekableByteChannel open() throws IOException {
        // Checked before opening, because opening a named pipe blocks until something writes to it.
        attributes();
        return Files.newByteChannel(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private BasicFileAttributes attributes() throws IOException {
        BasicFileAttributes about = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!about.isRegularFile()) {
            throw unusable("is " + kind(about) + ", expected a file");
        }
        return about;
    }

    private UnusableObjectException unusable(String reason) {
        return new UnusableObjectException(store, name + " " + reason);
    }

    private static String kind(BasicFileAttributes about) {
        if (about.isDirectory()) {
            return "a directory";
        }
        return about.isSymbolicLink() ? "a symbolic link" : "a device, a named pipe or a socket";
    }

    private static byte[] read(SeekableByteChannel channel, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new IOException("the file ends after " + buffer.position() + " of " + size + " bytes");
            }
        }
        return buffer.array();
    }
}
