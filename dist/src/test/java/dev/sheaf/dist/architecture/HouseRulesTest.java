package dev.sheaf.dist.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;

import java.util.stream.Stream;

/// Each rule is a sentence of ARCHITECTURE.md.
@AnalyzeClasses(
        packages = "dev.sheaf",
        importOptions = {ImportOption.DoNotIncludeTests.class})
final class HouseRulesTest {
    /// The packages of the room `context`; its siblings' names begin with the same words.
    private static final String[] CONTEXT = {
        "dev.sheaf.context",
        "dev.sheaf.context.codec..",
        "dev.sheaf.context.document..",
        "dev.sheaf.context.json..",
        "dev.sheaf.context.patch..",
        "dev.sheaf.context.reference..",
        "dev.sheaf.context.resolve..",
        "dev.sheaf.context.schema..",
        "dev.sheaf.context.sequence..",
        "dev.sheaf.context.trace..",
        "dev.sheaf.context.translate..",
        "dev.sheaf.context.type.."
    };

    private static final String[] PURE =
            Stream.concat(
                            Stream.of(CONTEXT),
                            Stream.of(
                                    "dev.sheaf.kernel..",
                                    "dev.sheaf.contract..",
                                    "dev.sheaf.lineage..",
                                    "dev.sheaf.cost..",
                                    "dev.sheaf.schemas..",
                                    "dev.sheaf.context.sync..",
                                    "dev.sheaf.rego..",
                                    "dev.sheaf.governance.audit",
                                    "dev.sheaf.governance.audit.merkle..",
                                    "dev.sheaf.governance.audit.note..",
                                    "dev.sheaf.governance.classify..",
                                    "dev.sheaf.governance.decision..",
                                    "dev.sheaf.governance.grant..",
                                    "dev.sheaf.governance.mask.."))
                    .toArray(String[]::new);

    @ArchTest
    static final ArchRule ROOMS_ARE_IN_DEPENDENCY_ORDER =
            Architectures.layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .withOptionalLayers(true)
                    .layer("kernel")
                    .definedBy("dev.sheaf.kernel..")
                    .layer("context")
                    .definedBy(CONTEXT)
                    .layer("context-sync")
                    .definedBy("dev.sheaf.context.sync..")
                    .layer("context-store")
                    .definedBy("dev.sheaf.context.store..")
                    .layer("context-runtime")
                    .definedBy("dev.sheaf.context.runtime..")
                    .layer("testkit")
                    .definedBy("dev.sheaf.testkit..")
                    .layer("contract")
                    .definedBy("dev.sheaf.contract..")
                    .layer("rego")
                    .definedBy("dev.sheaf.rego..")
                    .layer("governance")
                    .definedBy("dev.sheaf.governance..")
                    .layer("engine")
                    .definedBy("dev.sheaf.engine..")
                    .layer("lake")
                    .definedBy("dev.sheaf.lake..")
                    .layer("product")
                    .definedBy("dev.sheaf.product..")
                    .layer("query")
                    .definedBy("dev.sheaf.query..")
                    .layer("registry")
                    .definedBy("dev.sheaf.registry..")
                    .layer("lineage")
                    .definedBy("dev.sheaf.lineage..")
                    .layer("cost")
                    .definedBy("dev.sheaf.cost..")
                    .layer("schemas")
                    .definedBy("dev.sheaf.schemas..")
                    .layer("client")
                    .definedBy("dev.sheaf.client..")
                    .layer("node")
                    .definedBy("dev.sheaf.node..")
                    .layer("cli")
                    .definedBy("dev.sheaf.cli..")
                    .whereLayer("context")
                    .mayOnlyBeAccessedByLayers(
                            "context-sync",
                            "context-store",
                            "context-runtime",
                            "testkit",
                            "node",
                            "cli")
                    .whereLayer("context-sync")
                    .mayOnlyBeAccessedByLayers("context-runtime", "testkit")
                    .whereLayer("context-store")
                    .mayOnlyBeAccessedByLayers("context-runtime")
                    .whereLayer("context-runtime")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("testkit")
                    .mayOnlyBeAccessedByLayers("cli")
                    .whereLayer("contract")
                    .mayOnlyBeAccessedByLayers(
                            "governance",
                            "engine",
                            "lake",
                            "product",
                            "query",
                            "registry",
                            "schemas",
                            "node",
                            "cli")
                    .whereLayer("rego")
                    .mayOnlyBeAccessedByLayers("governance", "node", "cli")
                    .whereLayer("governance")
                    .mayOnlyBeAccessedByLayers("node", "cli")
                    .whereLayer("engine")
                    .mayOnlyBeAccessedByLayers("lake", "product", "query", "node", "cli")
                    .whereLayer("lake")
                    .mayOnlyBeAccessedByLayers("product", "query", "node")
                    .whereLayer("product")
                    .mayOnlyBeAccessedByLayers("node", "cli")
                    .whereLayer("query")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("registry")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("lineage")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("schemas")
                    .mayOnlyBeAccessedByLayers("node")
                    .whereLayer("cost")
                    .mayOnlyBeAccessedByLayers("node", "cli")
                    .whereLayer("client")
                    .mayOnlyBeAccessedByLayers("node", "cli")
                    .whereLayer("node")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("cli")
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES_OF_DIFFERENT_ROOMS =
            slices().matching("dev.sheaf.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_KERNEL_SEES_THE_JDK_ONLY =
            classes()
                    .that()
                    .resideInAPackage("dev.sheaf.kernel..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "dev.sheaf.kernel..");

    @ArchTest
    static final ArchRule PURE_CORES_DO_NO_INPUT_OR_OUTPUT =
            noClasses()
                    .that()
                    .resideInAnyPackage(PURE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.net.http..", "java.nio.file..", "java.sql..", "org.slf4j..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.lang\\.Thread|java\\.util\\.concurrent\\..*(Execut|Future|ForkJoin).*")
                    .orShould()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.io.File");

    @ArchTest
    static final ArchRule NOBODY_READS_THE_WALL_CLOCK_BUT_THE_EDGES =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.sheaf.node..", "dev.sheaf.cli..", "dev.sheaf.bench..")
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule CLOUD_SDKS_STAY_IN_THE_LAKE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.sheaf.lake..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "software.amazon..",
                            "com.azure..",
                            "com.google.cloud..",
                            "com.google.auth..");

    @ArchTest
    static final ArchRule SERVERS_STAY_IN_THE_NODE =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.sheaf.node..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule DUCKDB_IS_LOADED_IN_WORKERS_ONLY =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.sheaf.engine..", "dev.sheaf.bench..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.duckdb..");

    @ArchTest
    static final ArchRule INTERNALS_ARE_USED_AT_HOME_ONLY =
            classes()
                    .that()
                    .resideInAPackage("dev.sheaf..internal..")
                    .should(beUsedFromTheirOwnRoomOnly())
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.sheaf.cli..",
                            "dev.sheaf.bench..",
                            "dev.sheaf.engine.internal.worker..")
                    .and()
                    .haveNameNotMatching(".*NodeMain")
                    .should(accessStandardStreams());

    private static ArchCondition<JavaClass> accessStandardStreams() {
        return new ArchCondition<>("access System.out or System.err") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getFieldAccessesFromSelf().stream()
                        .filter(access -> access.getTargetOwner().isEquivalentTo(System.class))
                        .forEach(access ->
                                events.add(
                                        SimpleConditionEvent.satisfied(
                                                item, access.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> beUsedFromTheirOwnRoomOnly() {
        return new ArchCondition<>("be used from their own room only") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                String room = room(item);
                for (JavaAccess<?> access : item.getAccessesToSelf()) {
                    JavaClass user = access.getOriginOwner();
                    if (isOurs().test(user) && !room(user).equals(room)) {
                        events.add(SimpleConditionEvent.violated(item, access.getDescription()));
                    }
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> isOurs() {
        return JavaClass.Predicates.resideInAPackage("dev.sheaf..");
    }

    private static String room(JavaClass type) {
        return type.getPackageName().split("\\.", -1)[2];
    }
}
