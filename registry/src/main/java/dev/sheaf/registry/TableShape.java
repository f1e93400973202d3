package dev.sheaf.registry;

import dev.sheaf.contract.ColumnContract;
import dev.sheaf.contract.ForeignKey;
import dev.sheaf.contract.TableContract;
import dev.sheaf.contract.ValueConstraints;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// A table as other regions hear of it: its columns with types, keys, descriptions and
/// classifications, and what its owner says for policies. No quality rules (they may be SQL), no
/// bounds, examples or allowed values (they are values).
///
/// @param table with nothing else in it
public record TableShape(TableContract table) {
    /// What of a table's `customProperties` policies look at.
    private static final Set<String> SAID =
            Set.of(
                    "sheaf.classification",
                    "sheaf.discoverable",
                    "sheaf.export",
                    "sheaf.residency",
                    "sheaf.retentionDays");

    public TableShape {
        table = stripped(table);
    }

    private static TableContract stripped(TableContract table) {
        Map<String, Object> said = new LinkedHashMap<>(table.customProperties());
        said.keySet().retainAll(SAID);
        return new TableContract(
                table.name(),
                Optional.empty(),
                table.description(),
                table.columns().stream().map(TableShape::stripped).toList(),
                List.of(),
                said,
                table.foreignKeys());
    }

    private static ColumnContract stripped(ColumnContract column) {
        return new ColumnContract(
                column.name(),
                Optional.empty(),
                Optional.empty(),
                column.description(),
                column.type(),
                column.required(),
                column.unique(),
                column.primaryKey(),
                column.primaryKey() ? column.primaryKeyPosition() : 0,
                column.partitionPosition(),
                ValueConstraints.NONE,
                column.classification(),
                false,
                column.tags(),
                List.of(),
                Map.of());
    }

    /// Without foreign keys, which name tables of others.
    TableShape withoutKeys() {
        return new TableShape(
                new TableContract(
                        table.name(),
                        Optional.empty(),
                        table.description(),
                        table.columns(),
                        List.of(),
                        table.customProperties()));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", table.name());
        table.description().ifPresent(text -> json.put("description", text));
        ArrayNode columns = json.putArray("columns");
        table.columns().forEach(column -> columns.add(json(column)));
        json.set("properties", CustomProperties.json(table.customProperties()));
        if (!table.foreignKeys().isEmpty()) {
            ArrayNode keys = json.putArray("foreignKeys");
            table.foreignKeys().forEach(key -> keys.add(json(key)));
        }
        return json;
    }

    private static ObjectNode json(ForeignKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode columns = json.putArray("columns");
        key.columns().forEach(columns::add);
        key.document().ifPresent(text -> json.put("document", text));
        json.put("table", key.table());
        ArrayNode references = json.putArray("references");
        key.references().forEach(references::add);
        return json;
    }

    private static ObjectNode json(ColumnContract column) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", column.name());
        json.set("type", ColumnTypeJson.of(column.type()));
        json.put("required", column.required());
        json.put("unique", column.unique());
        if (column.primaryKey()) {
            json.put("primaryKey", column.primaryKeyPosition());
        }
        column.partitionPosition().ifPresent(position -> json.put("partition", position));
        column.description().ifPresent(text -> json.put("description", text));
        column.classification().ifPresent(word -> json.put("classification", word));
        ArrayNode tags = json.putArray("tags");
        column.tags().forEach(tags::add);
        return json;
    }

    static TableShape read(Members members) {
        return new TableShape(
                new TableContract(
                        members.text("name"),
                        Optional.empty(),
                        members.textIfAny("description"),
                        members.objects("columns", TableShape::column),
                        List.of(),
                        CustomProperties.read(members.node("properties")),
                        members.has("foreignKeys")
                                ? members.objects("foreignKeys", TableShape::key)
                                : List.of()));
    }

    private static ForeignKey key(Members members) {
        List<String> columns = members.texts("columns");
        List<String> references = members.texts("references");
        if (columns.isEmpty() || columns.size() != references.size()) {
            throw members.wrong("references");
        }
        return new ForeignKey(
                columns, members.textIfAny("document"), members.text("table"), references);
    }

    private static ColumnContract column(Members members) {
        OptionalLong key = members.numberIfAny("primaryKey");
        OptionalLong partition = members.numberIfAny("partition");
        return new ColumnContract(
                members.text("name"),
                Optional.empty(),
                Optional.empty(),
                members.textIfAny("description"),
                ColumnTypeJson.read(members.node("type")),
                members.flag("required"),
                members.flag("unique"),
                key.isPresent(),
                position(members, "primaryKey", key).orElse(0),
                position(members, "partition", partition),
                ValueConstraints.NONE,
                members.textIfAny("classification"),
                false,
                members.texts("tags"),
                List.of(),
                Map.of());
    }

    private static OptionalInt position(Members members, String name, OptionalLong value) {
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() < Integer.MIN_VALUE || value.getAsLong() > Integer.MAX_VALUE) {
            throw members.wrong(name);
        }
        return OptionalInt.of((int) value.getAsLong());
    }
}
