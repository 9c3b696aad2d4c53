package io.alertstream;

import io.alertstream.audit.AuditSettings;
import io.alertstream.audit.AuditVerticle;
import io.alertstream.ingester.IngesterSettings;
import io.alertstream.ingester.IngesterVerticle;
import io.alertstream.loader.LoaderSettings;
import io.alertstream.loader.LoaderVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.registry.SchemaDir;
import io.alertstream.replayer.ReplayerSettings;
import io.alertstream.replayer.ReplayerVerticle;
import io.alertstream.schemasync.SchemaSyncSettings;
import io.alertstream.schemasync.SchemaSyncVerticle;
import io.alertstream.score.ScoreSettings;
import io.alertstream.score.ScoreVerticle;
import io.alertstream.server.ServerSettings;
import io.alertstream.server.ServerVerticle;
import io.alertstream.settings.Role;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Function;

/** Reads the settings of roles and creates their verticles. */
final class Roles {

    /**
     * Schemas before the roles that need them, consumers before producers, and the loader before the replayer, since
     * the loader deletes what an earlier process left in the static topic.
     */
    private static final List<Role> START_ORDER =
            List.of(Role.SCHEMA_SYNC, Role.SERVER, Role.INGESTER, Role.LOADER, Role.REPLAYER, Role.AUDIT, Role.SCORE);

    /** The roles that {@code local} runs. */
    static final List<Role> OF_LOCAL =
            List.of(Role.SCHEMA_SYNC, Role.SERVER, Role.INGESTER, Role.LOADER, Role.REPLAYER);

    /** A role with its settings. */
    record Prepared(Role role, Function<Ops, VerticleBase> create) {}

    private Roles() {}

    /** Reads the settings of the roles and returns them in start order. */
    static List<Prepared> prepare(List<Role> roles, SettingsReader in) {
        return START_ORDER.stream()
                .filter(roles::contains)
                .map(role -> new Prepared(role, verticle(role, in)))
                .toList();
    }

    /**
     * Opens the files and directories in the roles' settings that exist before the process starts. Blocks; uses
     * neither Kafka nor a registry.
     */
    static void checkFiles(List<Role> roles, SettingsReader in) {
        if (roles.contains(Role.LOADER)) {
            in.check(LoaderSettings.read(in)::check);
        }
        if (roles.contains(Role.SCHEMA_SYNC)) {
            in.check(() -> SchemaDir.open(in.get(Settings.SCHEMA_DIR)));
        }
    }

    private static Function<Ops, VerticleBase> verticle(Role role, SettingsReader in) {
        return switch (role) {
            case SCHEMA_SYNC -> {
                SchemaSyncSettings settings = SchemaSyncSettings.read(in);
                yield ops -> new SchemaSyncVerticle(settings, ops);
            }
            case LOADER -> {
                LoaderSettings settings = LoaderSettings.read(in);
                yield ops -> new LoaderVerticle(settings, ops);
            }
            case REPLAYER -> {
                ReplayerSettings settings = ReplayerSettings.read(in);
                yield ops -> new ReplayerVerticle(settings, ops);
            }
            case INGESTER -> {
                IngesterSettings settings = IngesterSettings.read(in);
                yield ops -> new IngesterVerticle(settings, ops);
            }
            case SERVER -> {
                ServerSettings settings = ServerSettings.read(in);
                yield ops -> new ServerVerticle(settings, ops);
            }
            case AUDIT -> {
                AuditSettings settings = AuditSettings.read(in);
                yield ops -> new AuditVerticle(settings, ops);
            }
            case SCORE -> {
                ScoreSettings settings = ScoreSettings.read(in);
                yield ops -> new ScoreVerticle(settings);
            }
            case LOCAL -> throw new IllegalArgumentException("local consists of the other roles");
        };
    }
}
