package io.alertstream.loader;

import org.apache.avro.Schema;

/** What alerts are written as: a schema, and the id by which readers find it. */
record Encoding(Schema schema, int id) {}
