/**
 * HTTP features shared by all routes: content negotiation, entity tags, bodies, errors and metrics of requests. Whether
 * a request is HTTP at all is checked before, in {@link io.alertstream.http}. Runs on the server's event loop. A
 * failure becomes an answer here: 4xx with a reason if it is the client's, 503 or 500 if it is ours.
 */
package io.alertstream.server.protocol;
