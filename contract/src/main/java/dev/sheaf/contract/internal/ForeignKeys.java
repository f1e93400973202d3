package dev.sheaf.contract.internal;

import dev.sheaf.contract.ForeignKey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the relationships of tables and of their columns as foreign keys. What is none - members
/// of nested columns, sides that do not correspond, references that are not understood - is left
/// out: [RelationshipChecks] tells of it.
final class ForeignKeys {
    private static final Pattern QUALIFIED = Pattern.compile("/?schema/([^/]+)/properties/([^/]+)");
    private static final Pattern SHORT = Pattern.compile("([^./]+)\\.([^./]+)");

    /// By name and by `id`.
    private final Map<String, Fields> tables = new HashMap<>();

    /// One side of a relationship, for one column.
    private record End(Optional<String> document, String table, String column) {}

    ForeignKeys(List<Fields> tables) {
        for (Fields table : tables) {
            table.text("id").ifPresent(id -> this.tables.putIfAbsent(id, table));
        }
        for (Fields table : tables) {
            table.text("name").ifPresent(name -> this.tables.put(name, table));
        }
    }

    List<ForeignKey> of(Fields table) {
        List<ForeignKey> keys = new ArrayList<>();
        String name = table.text("name").orElse("");
        for (Fields relationship : table.objects("relationships")) {
            key(name, ends(relationship, "from"), relationship).ifPresent(keys::add);
        }
        for (Fields property : table.objects("properties")) {
            List<End> own =
                    List.of(new End(Optional.empty(), name, property.text("name").orElse("")));
            for (Fields relationship : property.objects("relationships")) {
                key(name, own, relationship).ifPresent(keys::add);
            }
        }
        return keys;
    }

    private Optional<ForeignKey> key(String table, List<End> from, Fields relationship) {
        List<End> to = ends(relationship, "to");
        boolean isKey =
                relationship.text("type").orElse("foreignKey").equals("foreignKey")
                        && !from.isEmpty()
                        && from.size() == to.size()
                        && from.stream()
                                .allMatch(end ->
                                        end.document().isEmpty() && end.table().equals(table))
                        && to.stream()
                                .allMatch(end ->
                                        end.document().equals(to.getFirst().document())
                                                && end.table().equals(to.getFirst().table()));
        return isKey
                ? Optional.of(
                        new ForeignKey(
                                from.stream().map(End::column).toList(),
                                to.getFirst().document(),
                                to.getFirst().table(),
                                to.stream().map(End::column).toList()))
                : Optional.empty();
    }

    /// Nothing when one of them is not understood.
    private List<End> ends(Fields relationship, String key) {
        List<String> written =
                relationship.text(key).map(List::of).orElseGet(() -> relationship.texts(key));
        List<End> ends = written.stream().flatMap(each -> end(each).stream()).toList();
        return ends.size() == written.size() ? ends : List.of();
    }

    private Optional<End> end(String reference) {
        int hash = reference.indexOf('#');
        Optional<String> document =
                hash < 0 ? Optional.empty() : Optional.of(reference.substring(0, hash));
        String path = reference.substring(hash + 1);
        Matcher matcher = (path.contains("/") ? QUALIFIED : SHORT).matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String table = matcher.group(1);
        String column = matcher.group(2);
        return Optional.of(
                document.isPresent()
                        ? new End(document, table, column)
                        : new End(document, tableName(table), columnName(table, column)));
    }

    private String tableName(String written) {
        Fields table = tables.get(written);
        return table == null ? written : table.text("name").orElse(written);
    }

    private String columnName(String table, String written) {
        Fields owner = tables.get(table);
        if (owner == null) {
            return written;
        }
        List<Fields> columns = owner.objects("properties");
        boolean isName =
                columns.stream()
                        .anyMatch(column -> column.text("name").equals(Optional.of(written)));
        return isName
                ? written
                : columns.stream()
                        .filter(column -> column.text("id").equals(Optional.of(written)))
                        .flatMap(column -> column.text("name").stream())
                        .findFirst()
                        .orElse(written);
    }
}
