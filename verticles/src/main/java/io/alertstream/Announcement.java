package io.alertstream;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.vertx.core.eventbus.MessageConsumer;

/** Prints all addresses, and then the first archived alert. */
final class Announcement {

    private final LocalSettings settings;
    private final LocalSystem local;
    private final int opsPort;
    private final int httpPort;
    private MessageConsumer<Fact.AlertsArchived> firstAlert;

    Announcement(LocalSettings settings, LocalSystem local, int opsPort, int httpPort) {
        this.settings = settings;
        this.local = local;
        this.opsPort = opsPort;
        this.httpPort = httpPort;
    }

    /** Prints the ports now, and lines for curl and a browser once an alert is archived. */
    void follow(Bus bus) {
        System.out.print(ports());
        bus.publish(new Fact.SystemReachable(
                LocalSettings.HOST + ":" + local.broker().scramPort(),
                "community",
                "community",
                settings.replayTopic(),
                "http://" + LocalSettings.HOST + ":" + local.registry().port()));
        firstAlert = bus.on(Fact.AlertsArchived.class, totals -> {
            if (!totals.latestIds().isEmpty()) {
                firstAlert.unregister();
                String server = "http://" + LocalSettings.HOST + ":" + httpPort;
                long id = totals.latestIds().get(0);
                System.out.printf(
                        "%n  curl -s \"%s/v1/alerts/%d?format=avro\" -o alert.avro%n  in a browser: %s/alerts/%d%n%n",
                        server, id, server, id);
            }
        });
    }

    private String ports() {
        return """

                Everything is kept in %s. Ctrl-C stops it.

                  this system      http://localhost:%d/  in a browser
                  Kafka            %s:%d  plaintext
                                   %s:%d  SCRAM-SHA-512, user and password: community
                  schema registry  http://%s:%d/subjects
                  alert database   http://%s:%d/v1/health
                  ops              http://%s:%d/ready and /metrics

                """.formatted(
                        settings.dataDir().toAbsolutePath().normalize(),
                        httpPort,
                        LocalSettings.HOST,
                        local.broker().port(),
                        LocalSettings.HOST,
                        local.broker().scramPort(),
                        LocalSettings.HOST,
                        local.registry().port(),
                        LocalSettings.HOST,
                        httpPort,
                        LocalSettings.HOST,
                        opsPort);
    }
}
