package io.alertstream.local.registry;

import java.util.Optional;

/**
 * The listeners of the embedded registry.
 *
 * @param host address of the interface, such as {@code 127.0.0.1}
 * @param port of the read-write listener; 0 picks a free one
 * @param publicPort of the read-only listener; 0 picks a free one, empty for none
 */
public record RegistryListeners(String host, int port, Optional<Integer> publicPort) {}
