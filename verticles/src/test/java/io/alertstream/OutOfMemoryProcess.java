package io.alertstream;

import io.alertstream.http.SyntaxGate;
import io.alertstream.ops.LogFormat;
import io.alertstream.ops.Logging;
import io.alertstream.settings.LogLevel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.KafkaThread;
import org.slf4j.LoggerFactory;

/** A process that runs out of memory in the given place and would otherwise run for a minute. */
final class OutOfMemoryProcess {

    private OutOfMemoryProcess() {}

    public static void main(String... args) throws Exception {
        Logging.configure(LogLevel.INFO, LogFormat.valueOf(args[1]), "ingester");
        Vertx vertx = Vertx.vertx();
        UnhandledFailures.handle(vertx);
        switch (args[0]) {
            case "event loop" -> vertx.runOnContext(now -> allocate());
            case "thread" -> new Thread(OutOfMemoryProcess::allocate).start();
            case "Kafka's thread" -> new KafkaThread("producer", OutOfMemoryProcess::allocate, true).start();
            case "worker" ->
                vertx.executeBlocking(() -> {
                            allocate();
                            return null;
                        })
                        .onFailure(failure -> LoggerFactory.getLogger("server").error("a request failed", failure));
            case "connection" -> connect(vertx);
            default -> throw new IllegalArgumentException(args[0]);
        }
        TimeUnit.MINUTES.sleep(1);
        System.exit(0);
    }

    private static void allocate() {
        if (new long[Integer.MAX_VALUE - 8].length > 0) {
            throw new IllegalStateException("there is memory for it");
        }
    }

    private static void connect(Vertx vertx) throws Exception {
        int port = vertx.createHttpServer()
                .connectionHandler(connection -> {
                    SyntaxGate.install(connection, new HttpServerOptions(), null);
                    ((HttpServerConnection) connection)
                            .channelHandlerContext()
                            .pipeline()
                            .fireExceptionCaught(new OutOfMemoryError("Cannot reserve direct buffer memory"));
                })
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS)
                .actualPort();
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                                .build(),
                        BodyHandlers.discarding());
    }
}
