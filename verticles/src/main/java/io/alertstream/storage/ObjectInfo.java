package io.alertstream.storage;

import java.util.OptionalInt;

/**
 * What a store knows of an object without reading it.
 *
 * @param size in bytes
 * @param crc32c the checksum that the store keeps of it, if it keeps one and this request shows it: see
 *     {@link ObjectStore#list}
 */
public record ObjectInfo(String name, long size, OptionalInt crc32c) {}
