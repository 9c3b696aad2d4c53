package io.alertstream.storage;

import java.util.OptionalInt;

/**
 * What a store knows of an object without reading it.
 *
 * @param size in bytes
 * @param crc32c the store's checksum of it, if the store has one and this request returns it: see {@link
 *     ObjectStore#list}
 */
public record ObjectInfo(String name, long size, OptionalInt crc32c) {}
