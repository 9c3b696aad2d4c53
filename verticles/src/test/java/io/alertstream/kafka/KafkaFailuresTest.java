package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KafkaFailuresTest {

    @Test
    void anUnresolvableHostIsReported() throws Exception {
        Vertx vertx = Vertx.vertx();
        MessageProducer producer =
                new KafkaClients(vertx, KafkaSettings.plaintext("nowhere.invalid:9092")).producer(1 << 20);

        assertThatThrownBy(() -> Await.result(producer.send(NewMessage.of("topic", new byte[1]))))
                .isInstanceOf(KafkaClientException.class)
                .hasMessageContaining("sending to topic at nowhere.invalid:9092")
                .hasMessageContaining("No resolvable bootstrap urls");

        Await.result(vertx.close());
    }

    @Test
    void outOfMemoryIsLoggedWithItsCause() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        Logger logger = (Logger) LoggerFactory.getLogger(KafkaFailures.class);
        logger.addAppender(lines);

        RuntimeException failure = new KafkaFailures(KafkaSettings.plaintext("localhost:9092"))
                .of("sending to topic", new KafkaClientException("the producer failed", error));

        logger.detachAppender(lines);
        assertThat(failure).hasRootCause(error);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).isEqualTo("out of memory while sending to topic");
            assertThat(((ThrowableProxy) line.getThrowableProxy()).getThrowable())
                    .hasRootCause(error);
        });
    }
}
