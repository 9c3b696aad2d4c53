package io.alertstream.loader;

import org.apache.avro.Schema;

/** The schema that alerts are written in, and the id by which readers find it. */
record Encoding(Schema schema, int id) {}
