package io.alertstream;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.IntSupplier;

/** Tells a newcomer where everything is, once there is an alert to ask for. */
final class Announcement {

    private final LocalSettings settings;
    private final LocalSystem local;
    private final IntSupplier opsPort;
    private final IntSupplier httpPort;
    private MessageConsumer<Fact.AlertsArchived> firstAlert;

    Announcement(LocalSettings settings, LocalSystem local, IntSupplier opsPort, IntSupplier httpPort) {
        this.settings = settings;
        this.local = local;
        this.opsPort = opsPort;
        this.httpPort = httpPort;
    }

    /** Prints, once, when the first alert is archived. */
    void follow(Bus bus) {
        firstAlert = bus.on(Fact.AlertsArchived.class, totals -> {
            if (totals.lastAlertId() > 0) {
                firstAlert.unregister();
                System.out.print(text(totals.lastAlertId()));
            }
        });
    }

    private String text(long alertId) {
        return """

                The stream runs; everything is kept in %s. Ctrl-C stops it.

                  Kafka            %s:%d  plaintext
                                   %s:%d  SCRAM-SHA-512, user and password: community
                  schema registry  http://%s:%d/subjects
                  alert database   http://%s:%d/v1/health
                  ops              http://%s:%d/ready and /metrics

                  curl -s http://%s:%d/v1/alerts/%d -o alert.avro

                """.formatted(
                        settings.dataDir(),
                        LocalSettings.HOST,
                        local.broker().port(),
                        LocalSettings.HOST,
                        local.broker().scramPort(),
                        LocalSettings.HOST,
                        local.registry().port(),
                        LocalSettings.HOST,
                        httpPort.getAsInt(),
                        LocalSettings.HOST,
                        opsPort.getAsInt(),
                        LocalSettings.HOST,
                        httpPort.getAsInt(),
                        alertId);
    }
}
