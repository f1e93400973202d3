package dev.sheaf.product.publish;

import dev.sheaf.contract.Source;
import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.EngineSession;
import dev.sheaf.engine.Rows;
import dev.sheaf.engine.SessionSpec;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.Lake.TableName;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.apply.ProductSpecReader;
import dev.sheaf.product.ledger.JdbcLedger;
import dev.sheaf.product.quality.ReleaseViews.ReleaseView;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// What a node is to a publisher: engine, lake, ledger and folders.
public final class TestNode implements AutoCloseable {
    private static final WorkerEngine ENGINE =
            new WorkerEngine(
                    EngineConfig.in(Path.of("target", "engine-home").toAbsolutePath())
                            .withWorkers(2, 3));
    private static final AtomicInteger RUNS = new AtomicInteger();

    public final Path directory;
    public final Lake lake;
    public final Ledger ledger;
    public final Publisher publisher;

    public TestNode(Path directory) throws IOException {
        this(directory, PublishLimits.DEFAULT);
    }

    public TestNode(Path directory, PublishLimits limits) throws IOException {
        this.directory = directory;
        for (String name : List.of("staging", "store", "scratch", "in")) {
            Files.createDirectories(directory.resolve(name));
        }
        lake =
                Lake.open(
                        new LakeConfig(
                                new CatalogConfig.Sqlite(directory.resolve("catalog.db")),
                                List.of(StoreConfig.local("here", directory.resolve("store"))),
                                directory.resolve("staging")));
        ledger =
                JdbcLedger.onSqlite(
                        directory.resolve("ledger.db"), new ProductSpecReader(), Clock.systemUTC());
        publisher =
                new Publisher(
                        ENGINE,
                        lake,
                        ledger,
                        directory.resolve("scratch"),
                        "file://" + directory.resolve("store"),
                        limits,
                        Clock.systemUTC());
    }

    public static Engine engine() {
        return ENGINE;
    }

    /// Declares a product from parts of its documents.
    ///
    /// @param properties YAML of the table's properties, each line a list entry
    /// @param quality YAML entries of the table's quality list, may be empty
    /// @param custom YAML entries of the product's customProperties, may be empty
    public ProductSpec declare(String name, String properties, String quality, String custom) {
        ProductName product = ProductName.parse(name);
        String contract =
                """
                apiVersion: v3.1.0
                kind: DataContract
                id: %s
                version: 1.0.0
                status: active
                schema:
                  - name: rows
                    properties:
                %s
                """
                        .formatted(name, properties.indent(6).stripTrailing());
        if (!quality.isEmpty()) {
            contract += "    quality:\n" + quality.indent(6);
        }
        String descriptor =
                """
                apiVersion: v1.0.0
                kind: DataProduct
                id: %s
                name: %s
                version: 1.0.0
                status: active
                outputPorts:
                  - {name: rows, version: 1.0.0, contractId: %s}
                """
                        .formatted(name, product.name(), name);
        if (!custom.isEmpty()) {
            descriptor += "customProperties:\n" + custom.indent(2);
        }
        return declare(
                product,
                new Source("product.yaml", descriptor.getBytes(StandardCharsets.UTF_8)),
                new Source("contract.yaml", contract.getBytes(StandardCharsets.UTF_8)));
    }

    ProductSpec declare(ProductName product, Source descriptor, Source contract) {
        ProductSpec spec = new ProductSpecReader().read(product, descriptor, contract);
        Domain domain =
                new Domain(
                        product.domain(),
                        RegionName.parse("aws/us-east-1"),
                        "team@example.com",
                        Optional.empty(),
                        new Source("domain.yaml", new byte[0]));
        ledger.apply(
                ledger.revision(),
                List.of(new Change.PutDomain(domain), new Change.PutProduct(spec)));
        return spec;
    }

    public Path file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Path file(String name, byte[] content) {
        try {
            Path file = directory.resolve("in").resolve(name);
            Files.createDirectories(file.getParent());
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PublishRequest request(String product, Path... files) {
        return new PublishRequest(
                "run-" + RUNS.incrementAndGet(),
                ProductName.parse(product),
                Arrays.stream(files).map(Path::toString).toList(),
                "tester",
                false);
    }

    public PublishReport publish(String product, Path... files) {
        PublishReport report =
                publisher.publish(
                        request(product, files), PublishListener.SILENT, ReleaseGate.OPEN);
        if (report.rowsIn() != report.rowsPublished() + report.rowsQuarantined()) {
            throw new AssertionError("a row is lost: " + report);
        }
        return report;
    }

    /// Runs SQL over the current release, which it calls `release`.
    public List<List<Object>> rows(String product, String sql) {
        ReleaseView view =
                new LakeReleaseViews(lake, directory)
                        .current(ProductName.parse(product))
                        .orElseThrow();
        try (EngineSession session =
                ENGINE.open(
                        new SessionSpec(
                                SessionSpec.Purpose.QUERY,
                                ByteSize.ofMebibytes(512),
                                2,
                                directory,
                                view.files(),
                                List.of()))) {
            Rows rows = session.query("WITH release AS (" + view.select() + ") " + sql);
            return rows.rows().stream()
                    .map(row -> row.stream().map(v -> v == null ? (Object) "null" : v).toList())
                    .toList();
        }
    }

    public List<QuarantineReader.QuarantinedRow> quarantine(PublishReport report) {
        return report.quarantine()
                .map(location -> new QuarantineReader(ENGINE, lake, directory).read(location, 1000))
                .orElse(List.of());
    }

    /// Rules broken by each quarantined row, as `line:rule(column)=value`.
    List<String> broken(PublishReport report) {
        return quarantine(report).stream()
                .flatMap(row ->
                        row.violations().stream()
                                .map(violation ->
                                        row.line().orElse(-row.row())
                                                + ":"
                                                + violation.rule()
                                                + violation
                                                        .column()
                                                        .map(c -> "(" + c + ")")
                                                        .orElse("")
                                                + violation.value().map(v -> "=" + v).orElse("")))
                .toList();
    }

    long releases(String product) {
        ProductName name = ProductName.parse(product);
        return lake.table(new TableName(name.domain().value(), name.name()))
                .map(table -> (long) table.snapshots().size())
                .orElse(0L);
    }

    /// Every file below a folder, relative to it.
    public static List<String> filesBelow(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        ledger.close();
        lake.close();
    }
}
