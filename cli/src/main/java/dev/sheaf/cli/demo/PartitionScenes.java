package dev.sheaf.cli.demo;

import static dev.sheaf.cli.demo.DemoRegions.ALL;
import static dev.sheaf.cli.demo.DemoRegions.AMERICA;
import static dev.sheaf.cli.demo.DemoRegions.BELGIUM;
import static dev.sheaf.cli.demo.DemoRegions.HOLLAND;

import dev.sheaf.client.ContextConflictQuery;
import dev.sheaf.client.ContextDocument;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.client.LinkInfo;
import dev.sheaf.kernel.ExitCode;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.util.List;
import java.util.Optional;

/// A region is cut off, both sides go on, and it comes back; then a node is killed.
final class PartitionScenes {
    private static final String TYPE = "support.conversation";
    private static final String DOCUMENT = "c-17/order";
    private static final String FILES = "examples/conversation/";
    private static final int PRODUCTS = 7;
    private static final String HOLLAND_ALONE =
            "SELECT status, count(*) AS orders FROM finance.\"purchase-orders\" GROUP BY ALL ORDER"
                    + " BY 1";

    private final DemoStage stage;
    private final DemoRegions regions;

    PartitionScenes(DemoStage stage, DemoRegions regions) {
        this.stage = stage;
        this.regions = regions;
    }

    void play() {
        converse();
        cut();
        heal();
        kill();
        verify();
    }

    private void converse() {
        stage.title("A conversation that all regions carry on");
        for (RegionName region : ALL) {
            stage.at(
                    region,
                    ExitCode.OK,
                    "context",
                    "types",
                    "apply",
                    "examples/context/support.conversation.yaml");
        }
        stage.at(
                HOLLAND,
                ExitCode.OK,
                "context",
                "put",
                TYPE,
                DOCUMENT,
                "--file",
                FILES + "question.json");
        stage.await("it is in Belgium", () -> read(BELGIUM).isPresent());
    }

    private void cut() {
        stage.title("Belgium is cut off from both others; both sides go on");
        stage.run(ExitCode.OK, "link", "cut", BELGIUM.toString(), AMERICA.toString());
        stage.run(ExitCode.OK, "link", "cut", BELGIUM.toString(), HOLLAND.toString());
        patch(HOLLAND, "answer-in-holland.json");
        patch(BELGIUM, "answer-in-belgium.json");
        for (RegionName region : List.of(HOLLAND, BELGIUM)) {
            stage.at(region, ExitCode.OK, "products");
            stage.check(
                    region + " still knows all products",
                    regions.at(region).products().size() == PRODUCTS);
        }
    }

    private void patch(RegionName region, String file) {
        stage.at(region, ExitCode.OK, "context", "patch", TYPE, DOCUMENT, "--file", FILES + file);
    }

    private void heal() {
        stage.title("The links are healed, and what met is shown");
        stage.run(ExitCode.OK, "link", "heal", BELGIUM.toString(), AMERICA.toString());
        stage.run(ExitCode.OK, "link", "heal", BELGIUM.toString(), HOLLAND.toString());
        stage.await(
                "both sides hold both answers",
                () ->
                        List.of(HOLLAND, BELGIUM).stream()
                                .allMatch(region -> read(region).map(this::hasBoth).orElse(false)));
        stage.await("the conflict is on record", () -> conflicts() > 0);
        stage.at(HOLLAND, ExitCode.OK, "context", "conflicts");
        stage.await(
                "the digests of all regions agree",
                () ->
                        ALL.stream()
                                .allMatch(region ->
                                        regions.at(region).contexts().links().stream()
                                                .map(LinkInfo::digests)
                                                .allMatch("equal"::equals)));
        stage.at(HOLLAND, ExitCode.OK, "context", "get", TYPE, DOCUMENT);
        stage.at(HOLLAND, ExitCode.OK, "links");
    }

    private boolean hasBoth(ContextDocument document) {
        String json = document.value().toString();
        return json.contains("m-2") && json.contains("m-3");
    }

    private long conflicts() {
        return regions.at(HOLLAND)
                .contexts()
                .conflicts(
                        new ContextConflictQuery(
                                Optional.of(TYPE),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                10))
                .conflicts()
                .size();
    }

    private Optional<ContextDocument> read(RegionName region) {
        try {
            return Optional.of(
                    regions.at(region)
                            .contexts()
                            .read(new ContextKey(TYPE, DOCUMENT), ContextRead.DEFAULT));
        } catch (Problem problem) {
            if (problem.code() == ProblemCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    private void kill() {
        stage.title("The node in Belgium is killed");
        regions.node(BELGIUM).ifPresent(node -> node.process().destroyForcibly());
        stage.say("kill -9");
        stage.at(HOLLAND, ExitCode.OK, "sql", HOLLAND_ALONE);
        stage.at(HOLLAND, ExitCode.OK, "describe", "inventory.stock");
        stage.say("What needs it says so, and waits for nobody:");
        stage.at(AMERICA, ExitCode.UNAVAILABLE, "sql", "SELECT count(*) FROM inventory.stock");
    }

    private void verify() {
        stage.title("Nobody has changed what is on record");
        stage.at(AMERICA, ExitCode.OK, "audit", "verify");
        stage.at(HOLLAND, ExitCode.OK, "audit", "verify");
    }
}
