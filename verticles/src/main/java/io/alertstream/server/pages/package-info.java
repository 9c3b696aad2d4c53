/**
 * Pages for browsers: templates filled with what they show, and the files that they need. Plain functions for the pool of
 * the CPU; everything that comes from an alert is escaped by the template engine, and nothing is loaded from elsewhere.
 */
package io.alertstream.server.pages;
