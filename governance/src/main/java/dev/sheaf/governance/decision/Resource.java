package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What is asked for.
///
/// @param kind `product`, `context`, `domain`, `policy` or `grant`
/// @param id `domain.name` of a product, `type/id` of a context document
/// @param home the region that it is at home in, empty when it has none
/// @param classification of the whole; empty when nothing is said
/// @param residency regions that may hold it; empty when nothing is said
/// @param retentionDays for how long it is kept
/// @param quality share of rows that passed, 0 to 1
/// @param encryptedAtRest whether its store encrypts
/// @param minScore the quality that its owner asks for, 0 to 1; told only with `quality`
public record Resource(
        String kind,
        String id,
        String domain,
        String name,
        String home,
        String classification,
        boolean isDiscoverable,
        List<String> residency,
        List<Column> columns,
        OptionalInt retentionDays,
        Optional<BigDecimal> quality,
        Optional<Boolean> encryptedAtRest,
        Optional<BigDecimal> minScore) {
    public Resource {
        residency = List.copyOf(residency);
        columns = List.copyOf(columns);
    }

    /// One whose owner asks for no quality of its own.
    public Resource(
            String kind,
            String id,
            String domain,
            String name,
            String home,
            String classification,
            boolean isDiscoverable,
            List<String> residency,
            List<Column> columns,
            OptionalInt retentionDays,
            Optional<BigDecimal> quality,
            Optional<Boolean> encryptedAtRest) {
        this(
                kind,
                id,
                domain,
                name,
                home,
                classification,
                isDiscoverable,
                residency,
                columns,
                retentionDays,
                quality,
                encryptedAtRest,
                Optional.empty());
    }

    /// A product of which only the name is known.
    public static Resource named(String kind, String id, String domain, String name) {
        return new Resource(
                kind,
                id,
                domain,
                name,
                "",
                "",
                false,
                List.of(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    ObjectValue toValue() {
        ObjectValue.Builder fields =
                new ObjectValue.Builder(12)
                        .put("kind", StringValue.of(kind))
                        .put("id", StringValue.of(id))
                        .put("domain", StringValue.of(domain))
                        .put("name", StringValue.of(name))
                        .put("home", StringValue.of(home))
                        .put("classification", StringValue.of(classification))
                        .put("discoverable", BooleanValue.of(isDiscoverable))
                        .put("residency", Texts.array(residency))
                        .put(
                                "columns",
                                ArrayValue.of(columns.stream().map(Column::toValue).toList()));
        retentionDays.ifPresent(days -> fields.put("retentionDays", NumberValue.of(days)));
        quality.ifPresent(score -> {
            ObjectValue.Builder measured =
                    new ObjectValue.Builder(2).put("score", NumberValue.of(score));
            minScore.ifPresent(least -> measured.put("minScore", NumberValue.of(least)));
            fields.put("quality", measured.build());
        });
        encryptedAtRest.ifPresent(isEncrypted ->
                fields.put(
                        "store",
                        new ObjectValue.Builder(1)
                                .put("encryptedAtRest", BooleanValue.of(isEncrypted))
                                .build()));
        return fields.build();
    }
}
