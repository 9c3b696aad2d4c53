package io.alertstream.server.pages;

/** Something to know, and its name. */
record Fact(String name, String value) {}
