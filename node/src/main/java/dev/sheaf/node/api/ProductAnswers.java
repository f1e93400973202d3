package dev.sheaf.node.api;

import dev.sheaf.client.ColumnInfo;
import dev.sheaf.client.ContractVersionInfo;
import dev.sheaf.client.ProductHealth;
import dev.sheaf.client.ProductSummary;
import dev.sheaf.client.ReleaseInfo;
import dev.sheaf.client.RunInfo;
import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ColumnType;
import dev.sheaf.contract.DataContract;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.product.Domain;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.release.Health;
import dev.sheaf.product.release.Release;
import dev.sheaf.product.release.ServiceLevel;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Products, releases and health in the API's words.
final class ProductAnswers {
    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private ProductAnswers() {}

    static ProductSummary summary(
            ProductSpec spec, Optional<Domain> domain, Optional<Release> current) {
        return new ProductSummary(
                spec.name().toString(),
                domain.map(d -> d.homeRegion().toString()).orElse(""),
                domain.map(Domain::owner).orElse(""),
                spec.descriptor().version(),
                spec.descriptor().status(),
                spec.descriptor().purpose().or(() -> spec.table().description()),
                spec.contract().id(),
                spec.contract().version(),
                current.map(release -> OptionalLong.of(release.number()))
                        .orElse(OptionalLong.empty()),
                current.map(Release::publishedAt),
                Optional.empty(),
                OptionalLong.empty());
    }

    /// As SQL names it; quoted where SQL would not take it bare.
    static String table(ProductName name) {
        return sqlName(name.domain().value()) + "." + sqlName(name.name());
    }

    private static String sqlName(String name) {
        return PLAIN_NAME.matcher(name).matches() ? name : '"' + name + '"';
    }

    static ColumnInfo column(ColumnContract column) {
        return new ColumnInfo(
                column.name(),
                type(column.type()),
                column.required(),
                column.unique(),
                column.primaryKey(),
                column.partitionPosition().isPresent(),
                column.description(),
                column.classification(),
                column.tags());
    }

    static String type(ColumnType type) {
        return switch (type) {
            case ColumnType.Primitive primitive -> primitive.name().toLowerCase(Locale.ROOT);
            case ColumnType.Decimal decimal ->
                    "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
            case ColumnType.ListOf list -> "list<" + type(list.element()) + ">";
            case ColumnType.MapOf map -> "map<" + type(map.key()) + "," + type(map.value()) + ">";
            case ColumnType.Struct struct ->
                    struct.fields().stream()
                            .map(field -> field.name() + ": " + type(field.type()))
                            .collect(Collectors.joining(", ", "struct<", ">"));
        };
    }

    static ContractVersionInfo contract(DataContract contract) {
        return new ContractVersionInfo(
                Optional.of(contract.id()),
                contract.version(),
                Optional.of(contract.apiVersion()),
                contract.source().digest().hex(),
                Optional.empty());
    }

    static ReleaseInfo release(ProductName product, Release release) {
        return new ReleaseInfo(
                product.toString(),
                release.number(),
                release.standing() == Release.Standing.CURRENT,
                Long.toString(release.snapshotId()),
                release.publishedAt(),
                release.runId(),
                release.contractVersion(),
                release.publishedBy(),
                release.rowsAdded().orElse(0),
                release.rows(),
                release.rowsQuarantined().orElse(0),
                number(release.score()));
    }

    static ProductHealth health(ProductName product, Health health, Optional<RunInfo> lastRun) {
        return new ProductHealth(
                product.toString(),
                switch (health.status()) {
                    case HEALTHY -> ProductHealth.Status.HEALTHY;
                    case STALE -> ProductHealth.Status.STALE;
                    case FAILING -> ProductHealth.Status.DEGRADED;
                    case NEVER_PUBLISHED -> ProductHealth.Status.EMPTY;
                },
                health.reasons(),
                health.schemaVersion(),
                freshness(health),
                number(health.errorRate()),
                health.current()
                        .map(release -> OptionalLong.of(release.number()))
                        .orElse(OptionalLong.empty()),
                lastRun);
    }

    /// Against the strictest promise of the contract.
    private static Optional<ProductHealth.Freshness> freshness(Health health) {
        if (health.current().isEmpty() || health.age().isEmpty()) {
            return Optional.empty();
        }
        Duration age = health.age().get();
        Optional<Duration> promised =
                health.serviceLevels().stream()
                        .map(ServiceLevel::ageMax)
                        .flatMap(Optional::stream)
                        .min(Comparator.naturalOrder());
        return Optional.of(
                new ProductHealth.Freshness(
                        health.current().get().publishedAt(),
                        age.toSeconds(),
                        promised.map(max -> OptionalLong.of(max.toSeconds()))
                                .orElse(OptionalLong.empty()),
                        promised.map(max -> age.compareTo(max) <= 0)));
    }

    private static OptionalDouble number(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
