package io.alertstream.loader;

import io.alertstream.avro.Alert;

/** When each alert of a visit is sent, counted from the visit's start. Asked once for each alert, in their order. */
@FunctionalInterface
interface AlertOffsets {

    /** The value of the header {@code alertsim-time-offset}. The array is shared. */
    byte[] header(Alert alert);
}
