/**
 * What clients may take: connections, places and bytes, each bounded in total and per client. Counted on the server's
 * event loop. A limit that is reached refuses the next request; it never delays those that were admitted.
 */
package io.alertstream.server.limits;
