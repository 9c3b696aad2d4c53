package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.Headers;

/** The headers of the messages in the static topic. Called once for each alert, in order. */
@FunctionalInterface
interface AlertHeaders {

    Headers of(Alert alert);
}
