package io.alertstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of the rooms: which package may depend on which. */
class RoomsTest {

    private static final String ROOT = "io.alertstream";

    private static final String[] ROLES = {
        "io.alertstream.loader..",
        "io.alertstream.replayer..",
        "io.alertstream.ingester..",
        "io.alertstream.server..",
        "io.alertstream.schemasync..",
        "io.alertstream.audit..",
        "io.alertstream.score.."
    };

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void theRulesApplyToTheCode() {
        assertThat(ALL.size()).isGreaterThan(100);
    }

    @Test
    void rolesAreIndependent() {
        slices().matching("io.alertstream.(loader|replayer|ingester|server|schemasync|audit|score)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
    }

    @Test
    void onlyTheEntryPointKnowsRoles() {
        noClasses()
                .that(not(resideInAnyPackage(ROLES)))
                .and()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROLES)
                .check(ALL);
    }

    @Test
    void nothingDependsOnTheEntryPoint() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(ALL);
    }

    @Test
    void onlyTheEntryPointKnowsTheEmbeddedServers() {
        classes()
                .that()
                .resideInAPackage("io.alertstream.local..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage(ROOT, "io.alertstream.local..")
                .check(ALL);
    }

    @Test
    void onlyTheKafkaRoomNamesKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.alertstream.kafka..", "io.alertstream.local..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..", "io.vertx.kafka..")
                .check(ALL);
    }

    @Test
    void onlyTheGcsStoreNamesGoogle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.alertstream.storage.gcs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google..")
                .check(ALL);
    }

    @Test
    void onlyTheS3StoreNamesAmazon() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.alertstream.storage.s3..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("software.amazon..")
                .check(ALL);
    }

    @Test
    void storesAreIndependent() {
        slices().matching("io.alertstream.storage.(*)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
    }

    @Test
    void sharedAvroUsesNeitherVertxNorKafka() {
        noClasses()
                .that()
                .resideInAPackage("io.alertstream.avro..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.apache.kafka..", "com.google..")
                .check(ALL);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("io.alertstream.(*)..").should().beFreeOfCycles().check(ALL);
    }

    /** Each of the server's rooms may depend only on rooms listed before it. */
    @Test
    void theServersRoomsAreLayers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.alertstream.server..")
                .layer("limits")
                .definedBy("io.alertstream.server.limits")
                .layer("formats")
                .definedBy("io.alertstream.server.formats")
                .layer("overview")
                .definedBy("io.alertstream.server.overview")
                .layer("protocol")
                .definedBy("io.alertstream.server.protocol")
                .layer("pages")
                .definedBy("io.alertstream.server.pages")
                .layer("reading")
                .definedBy("io.alertstream.server.reading")
                .layer("routes")
                .definedBy("io.alertstream.server.routes")
                .layer("server")
                .definedBy("io.alertstream.server")
                .whereLayer("limits")
                .mayNotAccessAnyLayer()
                .whereLayer("formats")
                .mayNotAccessAnyLayer()
                .whereLayer("overview")
                .mayNotAccessAnyLayer()
                .whereLayer("protocol")
                .mayOnlyAccessLayers("limits")
                .whereLayer("pages")
                .mayOnlyAccessLayers("formats")
                .whereLayer("reading")
                .mayOnlyAccessLayers("limits", "formats", "protocol")
                .whereLayer("routes")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .check(ALL);
    }

    /** Turning an alert into JSON, FITS or a page's model needs no server. */
    @Test
    void formatsDontUseTheServer() {
        noClasses()
                .that()
                .resideInAPackage("io.alertstream.server.formats..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer..")
                .check(ALL);
    }
}
