package dev.sheaf.product.release;

import static dev.sheaf.product.ledger.LedgerSamples.ORDERS;
import static dev.sheaf.product.ledger.LedgerSamples.domain;
import static dev.sheaf.product.ledger.LedgerSamples.ended;
import static dev.sheaf.product.ledger.LedgerSamples.prepared;
import static dev.sheaf.product.ledger.LedgerSamples.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.SlaProperty;
import dev.sheaf.contract.Source;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.lake.Lake;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Run;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.ledger.LedgerSamples;
import dev.sheaf.product.release.Health.Status;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class ProductHealthTest {
    @TempDir private Path folder;

    private Ledger ledger;
    private Lake lake;
    private Published published;

    @BeforeEach
    void open() {
        ledger =
                JdbcLedger.onSqlite(
                        folder.resolve("ledger.db"), ProductHealthTest::daily, Clock.systemUTC());
        ledger.apply(
                0,
                List.of(
                        new Change.PutDomain(domain("sales")),
                        new Change.PutProduct(product(ORDERS, "1.2.0"))));
        lake = LakeFolder.open(folder);
        published = new Published(ledger, lake, folder);
    }

    @AfterEach
    void close() {
        lake.close();
        ledger.close();
    }

    /// A sample product whose contract promises a release a day.
    private static ProductSpec daily(ProductName name, Source descriptor, Source source) {
        ProductSpec spec = LedgerSamples.read(name, descriptor, source);
        DataContract contract = spec.contract();
        return new ProductSpec(
                name,
                spec.descriptor(),
                new DataContract(
                        contract.source(),
                        contract.apiVersion(),
                        contract.id(),
                        contract.version(),
                        contract.status(),
                        contract.name(),
                        contract.domain(),
                        contract.dataProduct(),
                        contract.tables(),
                        List.of(sla("freshness", "24", "h"), sla("retention", "1", "y")),
                        contract.customProperties()),
                spec.table(),
                spec.source(),
                spec.transform(),
                spec.publish(),
                spec.location());
    }

    private static SlaProperty sla(String property, String value, String unit) {
        return new SlaProperty(
                property, value, Optional.ofNullable(unit), Optional.empty(), Optional.empty());
    }

    private Health healthIn(Duration fromNow) {
        Clock clock = Clock.offset(Clock.systemUTC(), fromNow);
        Releases releases = new Releases(ledger, lake, ProductHealthTest::daily, clock);
        return new ProductHealth(ledger, releases, report -> "because " + report, clock).of(ORDERS);
    }

    private void end(String id, int minute, Run.State state) {
        Run begun = prepared(id, ORDERS, minute);
        ledger.begin(begun);
        ledger.update(ended(begun, state, "it rained"));
    }

    @Test
    void aNewProductWasNeverPublished() {
        Health health = healthIn(Duration.ZERO);
        assertEquals(Status.NEVER_PUBLISHED, health.status());
        assertEquals(Optional.empty(), health.current());
        assertEquals(Optional.empty(), health.errorRate());
        assertEquals(Optional.empty(), health.age());
        assertEquals("1.2.0", health.schemaVersion());
        assertEquals(List.of("nothing was published yet"), health.reasons());
    }

    @Test
    void aFreshReleaseIsHealthy() {
        published.release(1);
        Health health = healthIn(Duration.ofHours(23));
        assertEquals(Status.HEALTHY, health.status());
        assertEquals(List.of(), health.reasons());
        assertEquals(1, health.current().orElseThrow().number());
        assertEquals(Optional.of(0.2), health.errorRate());
        assertEquals(Optional.of("{\"rules\":[]}"), health.lastReport());
        assertEquals(Optional.empty(), health.lastFailure());
        assertEquals(1, health.serviceLevels().size());
    }

    @Test
    void aReleaseOlderThanAgreedIsStale() {
        published.release(1);
        Health health = healthIn(Duration.ofHours(25));
        assertEquals(Status.STALE, health.status());
        assertEquals(
                "the current release is 25 h old, freshness is agreed as 24 h",
                health.reasons().getFirst());
    }

    @Test
    void aRefusedRunMakesItFailingUntilOneGoesWell() {
        published.release(1);
        end("refused", 2, Run.State.REFUSED);
        Health failing = healthIn(Duration.ofHours(1));
        assertEquals(Status.FAILING, failing.status());
        assertEquals(List.of("run refused: because it rained"), failing.reasons());
        assertTrue(failing.lastFailure().orElseThrow().refused());
        assertEquals(1, failing.current().orElseThrow().number());
        published.release(3);
        Health again = healthIn(Duration.ofHours(1));
        assertEquals(Status.HEALTHY, again.status());
        assertEquals("refused", again.lastFailure().orElseThrow().runId());
    }

    @Test
    void whoChangesTheirMindDoesNotMakeItFail() {
        published.release(1);
        end("cancelled", 2, Run.State.CANCELLED);
        end("unchanged", 3, Run.State.UNCHANGED);
        assertEquals(Status.HEALTHY, healthIn(Duration.ofHours(1)).status());
    }

    @Test
    void theErrorRateCountsTheLastRuns() {
        published.release(1);
        end("bad", 2, Run.State.REFUSED);
        Health health = healthIn(Duration.ZERO);
        assertEquals(2, health.runsCounted());
        assertEquals(Optional.of(12.0 / 20), health.errorRate());
    }

    @Test
    void aProductThatIsNotThereHasNoHealth() {
        Releases releases = new Releases(ledger, lake, ProductHealthTest::daily, Clock.systemUTC());
        ProductHealth health =
                new ProductHealth(ledger, releases, report -> report, Clock.systemUTC());
        Problem problem = assertThrows(Problem.class, () -> health.of(ProductName.parse("a.b")));
        assertEquals(ProblemCode.NOT_FOUND, problem.code());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    24,   h,       PT24H
                    1,    d,       PT24H
                    2,    days,    PT48H
                    1.5,  hours,   PT1H30M
                    90,   Minutes, PT1H30M
                    1,    w,       PT168H
                    PT6H, ,        PT6H
                    36h,  ,        PT36H
                    4,    ,
                    soon, d,
                    1,    furlong,
                    -1,   h,
                    """)
    void understandsDurationsAndInventsNone(String value, String unit, String expected) {
        ServiceLevel level = ServiceLevel.of(List.of(sla("latency", value, unit))).getFirst();
        assertEquals(Optional.ofNullable(expected).map(Duration::parse), level.ageMax());
    }
}
