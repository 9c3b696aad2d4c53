/**
 * The routes: what each address answers, and the representations that only they know. Called on the server's event loop;
 * templates and formats are filled on the pool for CPU work. A route that fails leaves the answer to
 * {@link io.alertstream.server.protocol}.
 */
package io.alertstream.server.routes;
