package io.alertstream.server.pages;

/** A value with its label. */
record LabeledValue(String name, String value) {}
