package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectShape;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// What is asked for, with its document made once: the same product is asked for again and again.
/// Equal when the documents are.
public final class Resource {
    private static final ObjectShape SCORE = ObjectShape.of("score");
    private static final ObjectShape SCORE_WANTED = ObjectShape.of("score", "minScore");
    private static final ObjectShape STORE = ObjectShape.of("encryptedAtRest");

    /// With any of the three members that may be absent.
    private static final List<ObjectShape> SHAPES =
            IntStream.range(0, 8).mapToObj(Resource::shape).toList();

    private final String id;
    private final List<Column> columns;
    private final ObjectValue document;

    /// @param kind `product`, `context`, `domain`, `policy` or `grant`
    /// @param id `domain.name` of a product, `type/id` of a context document
    /// @param home the region that it is at home in, empty when it has none
    /// @param classification of the whole; empty when nothing is said
    /// @param residency regions that may hold it; empty when nothing is said
    /// @param retentionDays for how long it is kept
    /// @param quality share of rows that passed, 0 to 1
    /// @param encryptedAtRest whether its store encrypts
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
        this.id = id;
        this.columns = List.copyOf(columns);
        List<Value> values =
                new ArrayList<>(
                        List.of(
                                StringValue.of(kind),
                                StringValue.of(id),
                                StringValue.of(domain),
                                StringValue.of(name),
                                StringValue.of(home),
                                StringValue.of(classification),
                                BooleanValue.of(isDiscoverable),
                                Texts.array(residency),
                                values(columns)));
        retentionDays.ifPresent(days -> values.add(NumberValue.of(days)));
        quality.ifPresent(score -> values.add(SCORE.with(NumberValue.of(score))));
        encryptedAtRest.ifPresent(
                isEncrypted -> values.add(STORE.with(BooleanValue.of(isEncrypted))));
        this.document =
                SHAPES.get(
                                (retentionDays.isPresent() ? 1 : 0)
                                        + (quality.isPresent() ? 2 : 0)
                                        + (encryptedAtRest.isPresent() ? 4 : 0))
                        .with(values.toArray(new Value[0]));
    }

    private Resource(String id, List<Column> columns, ObjectValue document) {
        this.id = id;
        this.columns = List.copyOf(columns);
        this.document = document;
    }

    /// The same, with what is known of rows that are to become a release.
    ///
    /// @param looked the columns, with what samples look like
    /// @param score share of rows that passed, 0 to 1
    /// @param minScore the share that its owner asks for
    /// @param encryptedAtRest whether the store encrypts; empty when nobody says
    public Resource measured(
            List<Column> looked,
            BigDecimal score,
            BigDecimal minScore,
            Optional<Boolean> encryptedAtRest) {
        ObjectValue.Builder fields =
                new ObjectValue.Builder(document.size() + 2)
                        .putAll(document)
                        .put("columns", values(looked))
                        .put(
                                "quality",
                                SCORE_WANTED.with(NumberValue.of(score), NumberValue.of(minScore)));
        encryptedAtRest.ifPresent(
                isEncrypted -> fields.put("store", STORE.with(BooleanValue.of(isEncrypted))));
        return new Resource(id, looked, fields.build());
    }

    /// The same, with the regions that may know of it, as its owner says.
    public Resource exportedTo(List<String> regions) {
        return new Resource(
                id,
                columns,
                new ObjectValue.Builder(document.size() + 1)
                        .putAll(document)
                        .put("export", Texts.array(regions))
                        .build());
    }

    private static ArrayValue values(List<Column> columns) {
        return ArrayValue.of(columns.stream().map(Column::toValue).toList());
    }

    private static ObjectShape shape(int present) {
        List<String> names =
                new ArrayList<>(
                        List.of(
                                "kind",
                                "id",
                                "domain",
                                "name",
                                "home",
                                "classification",
                                "discoverable",
                                "residency",
                                "columns"));
        List<String> others = List.of("retentionDays", "quality", "store");
        for (int i = 0; i < others.size(); i++) {
            if ((present >> i & 1) != 0) {
                names.add(others.get(i));
            }
        }
        return ObjectShape.of(names.toArray(new String[0]));
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

    public String id() {
        return id;
    }

    public List<Column> columns() {
        return columns;
    }

    ObjectValue toValue() {
        return document;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Resource that && document.equals(that.document);
    }

    @Override
    public int hashCode() {
        return document.hashCode();
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
