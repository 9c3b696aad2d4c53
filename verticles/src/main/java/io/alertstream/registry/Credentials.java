package io.alertstream.registry;

import io.alertstream.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How the client shows the registry who it is. */
public sealed interface Credentials {

    /** Not at all. */
    record None() implements Credentials {}

    /** HTTP basic authentication, RFC 7617. */
    record Basic(String username, Secret password) implements Credentials {}

    /** A bearer token, RFC 6750. */
    record Bearer(Secret token) implements Credentials {}

    /** The value of the {@code Authorization} header: a secret, too. */
    default Optional<Secret> authorization() {
        if (this instanceof Basic basic) {
            String pair = basic.username() + ":" + basic.password().reveal();
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new Secret("Basic " + encoded));
        }
        if (this instanceof Bearer bearer) {
            return Optional.of(new Secret("Bearer " + bearer.token().reveal()));
        }
        return Optional.empty();
    }
}
