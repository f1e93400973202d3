package dev.sheaf.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.client.ErasedStore;
import dev.sheaf.client.ManifestFile;
import dev.sheaf.client.Manifests;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.RetentionOrder;
import dev.sheaf.client.RetentionRun;
import dev.sheaf.client.RetentionStatus;
import dev.sheaf.client.RunInfo;
import dev.sheaf.client.RunState;
import dev.sheaf.client.SheafClient;
import dev.sheaf.client.TokenRequest;
import dev.sheaf.client.Upload;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Two products, one that keeps rows for 30 days and one that keeps releases for 30 days.
final class RetentionEndToEndTest extends RunningNode {
    private static final ProductName ROWS = ProductName.parse("sales.rows");
    private static final ProductName RELEASES = ProductName.parse("sales.whole");

    private final MovingClock clock = new MovingClock();

    @BeforeEach
    void start() {
        open(clock);
        operator.apply(
                new Manifests(
                        List.of(
                                file(
                                        "sales.yaml",
                                        """
                                        apiVersion: sheaf.dev/v1
                                        kind: Domain
                                        name: sales
                                        homeRegion: azure/westeurope
                                        owner: team@example.com
                                        """),
                                product(ROWS),
                                contract(ROWS, "- {property: sheaf.retentionColumn, value: day}"),
                                product(RELEASES),
                                contract(RELEASES, "")),
                        Optional.empty()));
    }

    /// Tokens do not outlive such steps, so the node starts again.
    private void advance(Duration step) {
        stop();
        clock.advance(step);
        open(clock);
    }

    @Test
    void whatIsOlderThanItsContractAllowsGoes() throws IOException {
        Instant now = clock.instant();
        publish(ROWS, "1," + day(now, 40) + "\n2," + day(now, 1) + "\n");
        publish(RELEASES, "1," + day(now, 400) + "\n");
        publish(RELEASES, "2," + day(now, 400) + "\n");

        RetentionRun looked = run(true, false);
        assertEquals(1, store(looked, ROWS).rows());
        assertEquals(0, store(looked, RELEASES).rows());
        assertEquals(1, releases(ROWS).size());

        RetentionRun run = run(false, false);
        assertEquals(1, store(run, ROWS).rows());
        assertEquals(List.of(), store(run, RELEASES).releasesGone());
        assertEquals(1, releases(ROWS).getFirst().rowsTotal().orElseThrow());

        advance(Duration.ofDays(31));
        assertEquals(
                List.of("sales.whole"),
                operator.retention().status().rules().stream()
                        .filter(RetentionStatus.Rule::overdue)
                        .map(RetentionStatus.Rule::name)
                        .toList());
        assertTrue(
                operator.health(RELEASES).reasons().getFirst().contains("sheaf.retentionDays"),
                operator.health(RELEASES).toString());
        RetentionRun later = run(false, false);
        assertEquals(1, store(later, ROWS).rows());
        assertEquals(List.of(1L), store(later, RELEASES).releasesGone());
        assertEquals(List.of(2L), releases(RELEASES).stream().map(ReleaseInfo::release).toList());
        assertEquals(later, operator.retention().status().last().orElseThrow());
    }

    @Test
    void aClockThatJumpsRemovesNothing() throws IOException {
        publish(ROWS, "1," + day(clock.instant(), 1) + "\n");
        run(false, false);
        advance(Duration.ofDays(401));
        Problem ahead = assertThrows(Problem.class, () -> run(false, false));
        assertEquals(ProblemCode.CONFLICT, ahead.code());
        assertTrue(ahead.message().contains("more than 400 days after"), ahead.message());
        assertTrue(operator.retention().status().refusal().isPresent());
        advance(Duration.ofDays(-403));
        Problem behind = assertThrows(Problem.class, () -> run(false, false));
        assertTrue(behind.message().contains("which is before"), behind.message());
        assertEquals(1, releases(ROWS).getFirst().rowsTotal().orElseThrow());
        advance(Duration.ofDays(403));
        assertEquals(1, store(run(false, true), ROWS).rows());
    }

    @Test
    void retentionIsForOfficersAndTokensOfAllDomains() {
        String token =
                operator.createToken(
                                new TokenRequest(
                                        "sid",
                                        List.of("data.erase"),
                                        List.of("sales"),
                                        List.of(),
                                        OptionalLong.of(3600)))
                        .token();
        try (SheafClient sid = new SheafClient(node.url(), () -> token)) {
            Problem refused = assertThrows(Problem.class, () -> sid.retention().status());
            assertEquals(ProblemCode.FORBIDDEN, refused.code());
        }
    }

    private RetentionRun run(boolean isDryRun, boolean acceptClock) {
        return operator.retention()
                .run(new RetentionOrder(Optional.of(isDryRun), Optional.of(acceptClock)));
    }

    private static ErasedStore store(RetentionRun run, ProductName product) {
        ErasedStore found =
                run.stores().stream()
                        .filter(store -> store.name().equals(product.toString()))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Optional.empty(), found.problem());
        return found;
    }

    private List<ReleaseInfo> releases(ProductName product) {
        return operator.releases(product);
    }

    private static String day(Instant now, int ago) {
        return now.minus(ago, ChronoUnit.DAYS).toString().substring(0, 10);
    }

    private static ManifestFile product(ProductName name) {
        return file(
                name + ".product.yaml",
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: %s
                domain: %s
                name: %s
                version: 1.0.0
                status: active
                outputPorts:
                  - {name: rows, version: 1.0.0, contractId: %s}
                """
                        .formatted(name, name.domain(), name.name(), name));
    }

    private static ManifestFile contract(ProductName name, String more) {
        return file(
                name + ".contract.yaml",
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: %s
                version: 1.0.0
                status: active
                schema:
                  - name: rows
                    properties:
                      - {name: id, logicalType: integer, required: true}
                      - {name: day, logicalType: date}
                    customProperties:
                      - {property: sheaf.retentionDays, value: 30}
                      %s
                """
                        .formatted(name, more));
    }

    private static ManifestFile file(String name, String text) {
        return new ManifestFile(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(ProductName product, String rows) throws IOException {
        Path file = Files.createTempFile(folder, "rows-", ".csv");
        Files.writeString(file, "id,day\n" + rows);
        RunInfo started = operator.publish(product, List.of(Upload.of(file)), false, bytes -> {});
        RunInfo ended = operator.await(started.id(), state -> {});
        assertEquals(RunState.COMMITTED, ended.state(), ended.toString());
    }
}
