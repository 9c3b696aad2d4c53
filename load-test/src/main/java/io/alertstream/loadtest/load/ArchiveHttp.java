package io.alertstream.loadtest.load;

import io.alertstream.loadtest.target.Targets;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A client of the archive's server with a number of connections. */
final class ArchiveHttp implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 30_000;

    private final Vertx vertx = Vertx.vertx();

    /** All on one event loop: on another loop than its connection's, an answer would have to change threads. */
    private final Context context = vertx.getOrCreateContext();

    private final HttpClient client;
    private final RequestOptions base;
    private final String path;

    /**
     * An answer, with its body as received.
     *
     * @param status HTTP's
     */
    record Answer(int status, Buffer body) {}

    ArchiveHttp(Targets targets, int connections) {
        URI archive = targets.archive();
        boolean tls = archive.getScheme().equals("https");
        HttpClientOptions options = new HttpClientOptions().setSsl(tls).setKeepAliveTimeout(300);
        client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
        int port = archive.getPort() > 0 ? archive.getPort() : tls ? 443 : 80;
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        targets.archiveToken().ifPresent(token -> headers.set("authorization", "Bearer " + token));
        base = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(archive.getHost())
                .setPort(port)
                .setSsl(tls)
                .setTimeout(TIMEOUT_MILLIS)
                .setHeaders(headers);
        path = archive.getRawPath() + "/v1/alerts/";
    }

    Future<Answer> get(long id, boolean gzip) {
        RequestOptions options = new RequestOptions(base).setURI(path + id);
        if (gzip) {
            options.putHeader("accept-encoding", "gzip");
        }
        return Future.future(answer -> context.runOnContext(now -> get(options).onComplete(answer)));
    }

    private Future<Answer> get(RequestOptions options) {
        return client.request(options).compose(request -> request.send()).compose(response -> response.body()
                .map(body -> new Answer(response.statusCode(), body)));
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Nothing depends on it: the program ends soon.
        }
    }
}
