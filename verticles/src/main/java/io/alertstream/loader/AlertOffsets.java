package io.alertstream.loader;

import io.alertstream.avro.Alert;

/** When each alert of a visit is sent, relative to the visit's start. Called once for each alert, in order. */
@FunctionalInterface
interface AlertOffsets {

    /** The value of the header {@code alertsim-time-offset}. The array is shared. */
    byte[] header(Alert alert);
}
