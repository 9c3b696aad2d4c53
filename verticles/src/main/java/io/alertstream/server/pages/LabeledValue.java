package io.alertstream.server.pages;

/** Something to know, and its name. */
record LabeledValue(String name, String value) {}
