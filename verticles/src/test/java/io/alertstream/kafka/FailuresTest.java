package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void aNameOfNoHostIsTold() throws Exception {
        Vertx vertx = Vertx.vertx();
        MessageProducer producer =
                new KafkaClients(vertx, KafkaSettings.plaintext("nowhere.invalid:9092")).producer(1 << 20);

        assertThatThrownBy(() -> Await.result(producer.send(NewMessage.of("topic", new byte[1]))))
                .isInstanceOf(KafkaClientException.class)
                .hasMessageContaining("sending to topic at nowhere.invalid:9092")
                .hasMessageContaining("No resolvable bootstrap urls");

        Await.result(vertx.close());
    }
}
