/**
 * Pages for browsers: models for templates, and the files that pages need. Plain functions for the CPU pool. The
 * template engine escapes everything from an alert, and pages load nothing from other sites.
 */
package io.alertstream.server.pages;
