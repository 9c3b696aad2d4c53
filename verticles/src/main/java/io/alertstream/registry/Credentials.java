package io.alertstream.registry;

import io.alertstream.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How the client authenticates itself to the registry. */
public sealed interface Credentials {

    /** No authentication. */
    record None() implements Credentials {

        @Override
        public Optional<Secret> authorization() {
            return Optional.empty();
        }
    }

    /** HTTP basic authentication, RFC 7617. */
    record Basic(String username, Secret password) implements Credentials {

        @Override
        public Optional<Secret> authorization() {
            String pair = username + ":" + password.reveal();
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new Secret("Basic " + encoded));
        }
    }

    /** A bearer token, RFC 6750. */
    record Bearer(Secret token) implements Credentials {

        @Override
        public Optional<Secret> authorization() {
            return Optional.of(new Secret("Bearer " + token.reveal()));
        }
    }

    /** The value of the {@code Authorization} header; empty for none. */
    Optional<Secret> authorization();
}
