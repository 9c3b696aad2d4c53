package io.alertstream.local.registry;

import java.util.Optional;

/**
 * Where the embedded registry listens.
 *
 * @param host address of the interface, such as {@code 127.0.0.1}
 * @param port for everything; 0 picks a free one
 * @param publicPort for GET and HEAD alone; 0 picks a free one, empty opens none
 */
public record RegistryListeners(String host, int port, Optional<Integer> publicPort) {}
