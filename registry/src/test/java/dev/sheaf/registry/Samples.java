package dev.sheaf.registry;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.ForeignKey;
import dev.sheaf.contract.Source;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.registry.Manifest.ContractManifest;
import dev.sheaf.registry.Manifest.DomainManifest;
import dev.sheaf.registry.Manifest.ProductManifest;
import dev.sheaf.registry.Manifest.ReleaseManifest;
import dev.sheaf.registry.Manifest.Standing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Manifests with something in every member.
final class Samples {
    static final Instant DAY = Instant.parse("2026-01-02T03:04:05Z");
    static final ProductName ORDERS = ProductName.parse("sales.orders");

    private Samples() {}

    static DomainManifest domain(Instant since) {
        return new DomainManifest(
                new DomainName("sales"), "sales@example.com", Optional.of("Sales."), since);
    }

    private static ColumnContract column(String name, ColumnType type, boolean isKey) {
        return new ColumnContract(
                name,
                Optional.of("PHYSICAL"),
                Optional.of("Business"),
                Optional.of("What it is."),
                type,
                true,
                isKey,
                isKey,
                isKey ? 1 : -1,
                isKey ? OptionalInt.of(2) : OptionalInt.empty(),
                new ValueConstraints(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("-77123"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false,
                        List.of("allowedsecret")),
                Optional.of("pii"),
                true,
                List.of("b", "a"),
                List.of(),
                Map.of("sheaf.was", "id"));
    }

    static TableShape table() {
        ColumnType nested =
                new ColumnType.Struct(
                        List.of(
                                new ColumnType.Field(
                                        "inner",
                                        new ColumnType.MapOf(
                                                ColumnType.Primitive.STRING,
                                                new ColumnType.Decimal(10, 2),
                                                true),
                                        false)));
        return new TableShape(
                new TableContract(
                        "orders",
                        Optional.of("ORDERS"),
                        Optional.of("All orders."),
                        List.of(
                                column("id", ColumnType.Primitive.TIMESTAMP_TZ, true),
                                column("deep", new ColumnType.ListOf(nested, true), false)),
                        List.of(),
                        Map.of(
                                "sheaf.export",
                                List.of("aws/us-east-1"),
                                "sheaf.discoverable",
                                true,
                                "sheaf.retentionDays",
                                90L,
                                "sheaf.subject",
                                "id"),
                        List.of(
                                new ForeignKey(
                                        List.of("id", "deep"),
                                        Optional.of("crm.yaml"),
                                        "people",
                                        List.of("key", "part")),
                                new ForeignKey(
                                        List.of("id"),
                                        Optional.empty(),
                                        "orders",
                                        List.of("id")))));
    }

    static ProductManifest product(String description) {
        return new ProductManifest(
                ORDERS,
                "orders-id",
                Optional.of("1.0.0"),
                "active",
                Optional.of(description),
                "orders-contract",
                "2.0.0",
                "v3.1.0",
                table(),
                List.of("raw.orders"),
                Optional.of("SELECT * FROM input"),
                Optional.of(
                        DocumentText.of(new Source("p.yaml", new byte[] {(byte) 0xff, 0, 'a'}))),
                false);
    }

    static ContractManifest contract(String version) {
        Source source = new Source("c.yaml", version.getBytes(StandardCharsets.UTF_8));
        return new ContractManifest(
                ORDERS,
                version,
                Sha256.of(source.bytes()),
                DAY,
                table(),
                Optional.of(DocumentText.of(source)));
    }

    static ReleaseManifest release(long number, Standing standing, long rows) {
        return new ReleaseManifest(
                ORDERS,
                number,
                "8312345678901234567",
                DAY.plusSeconds(number),
                "2.0.0",
                "run-" + number,
                standing,
                OptionalLong.of(rows),
                OptionalLong.of(rows),
                OptionalLong.of(0),
                OptionalLong.of(1234),
                Optional.of("0.995"),
                Optional.of("s3://bucket/orders"));
    }
}
