package dev.sheaf.product.ledger;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.DataContract;
import dev.sheaf.contract.DataProduct;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.Domain;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.PublishSettings;
import dev.sheaf.product.Run;
import dev.sheaf.product.SourceFormat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Declarations and runs to try a ledger with. A sample contract's text is its version.
public final class LedgerSamples {
    public static final ProductName ORDERS = ProductName.parse("sales.orders");
    public static final ProductName STOCK = ProductName.parse("inventory.stock");
    public static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

    private LedgerSamples() {}

    public static Source source(String name, String text) {
        return new Source(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Domain domain(String name) {
        return new Domain(
                new DomainName(name),
                RegionName.parse("aws/us-east-1"),
                name + "@example.com",
                Optional.of("What " + name + " owns"),
                source(name + ".yaml", "name: " + name));
    }

    public static ProductSpec product(ProductName name, String contractVersion) {
        return read(
                name,
                source("product.yaml", "name: " + name),
                source("contract.yaml", contractVersion));
    }

    /// A [SpecReader] of sample documents.
    public static ProductSpec read(ProductName name, Source descriptor, Source contract) {
        String version = new String(contract.bytes(), StandardCharsets.UTF_8);
        TableContract table =
                new TableContract(
                        name.name(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(column("id")),
                        List.of(),
                        Map.of());
        return new ProductSpec(
                name,
                new DataProduct(
                        descriptor,
                        "v1.0.0",
                        name.toString(),
                        Optional.of(name.name()),
                        Optional.of(version),
                        "active",
                        Optional.of(name.domain().value()),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of()),
                new DataContract(
                        contract,
                        "v3.1.0",
                        name.toString(),
                        version,
                        "active",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(table),
                        List.of(),
                        Map.of()),
                table,
                SourceFormat.DETECTED,
                Optional.empty(),
                PublishSettings.DEFAULT,
                Optional.empty());
    }

    private static ColumnContract column(String name) {
        return new ColumnContract(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ColumnType.Primitive.LONG,
                true,
                false,
                false,
                0,
                OptionalInt.empty(),
                ValueConstraints.NONE,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of());
    }

    /// A run that began `minute` minutes after [#START].
    public static Run prepared(String id, ProductName product, int minute) {
        return new Run(
                id,
                product,
                Run.State.PREPARED,
                "anna",
                START.plusSeconds(60L * minute),
                Optional.empty(),
                "1.0.0",
                List.of(input("a.csv"), input("b.csv")),
                OptionalLong.empty(),
                OptionalLong.empty(),
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Run committed(Run run, long release, long snapshotId) {
        return new Run(
                run.id(),
                run.product(),
                Run.State.COMMITTED,
                run.startedBy(),
                run.startedAt(),
                Optional.of(run.startedAt().plusSeconds(5)),
                run.contractVersion(),
                run.inputs(),
                OptionalLong.of(release),
                OptionalLong.of(snapshotId),
                10,
                8,
                2,
                Optional.of(0.975),
                Optional.of("{\"rules\":[]}"),
                Optional.of("/data/quarantine/" + run.id()));
    }

    public static Run ended(Run run, Run.State state, String report) {
        return new Run(
                run.id(),
                run.product(),
                state,
                run.startedBy(),
                run.startedAt(),
                Optional.of(run.startedAt().plusSeconds(5)),
                run.contractVersion(),
                run.inputs(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                10,
                0,
                10,
                Optional.of(0.5),
                Optional.of(report),
                Optional.empty());
    }

    public static Run.Input input(String name) {
        return new Run.Input(name, Sha256.of(name.getBytes(StandardCharsets.UTF_8)), name.length());
    }
}
