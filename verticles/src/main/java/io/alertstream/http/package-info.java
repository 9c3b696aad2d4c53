/**
 * What every HTTP server of this process does before its own code sees a request: it refuses malformed HTTP with a
 * reason in that server's format, and closes the connection afterwards. Runs on the connection's event loop.
 */
package io.alertstream.http;
