/**
 * What every HTTP server of this process does before its own code sees a request: refuses what isn't proper HTTP with a
 * reason in that server's own format, and closes the connection after it. Runs on the connection's event loop.
 */
package io.alertstream.http;
