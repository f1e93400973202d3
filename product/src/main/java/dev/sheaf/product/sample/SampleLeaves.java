package dev.sheaf.product.sample;

import dev.sheaf.contract.ColumnType;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes samples of nested columns apart, so that each member is looked at on its own: `a.b` of
/// structs, the elements of lists together, the keys and the values of maps. Keys of maps are data
/// and never part of a path.
final class SampleLeaves {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, List<String>> leaves = new LinkedHashMap<>();

    private SampleLeaves() {}

    /// @param values of the column; of nested ones as JSON, and those that are no whole JSON any
    ///   more are left out
    static List<ColumnSample> of(ColumnType.Field column, List<String> values) {
        if (!ColumnSampler.isNested(column.type())) {
            return List.of(new ColumnSample(column.name(), column.name(), values));
        }
        SampleLeaves taken = new SampleLeaves();
        taken.prepare(column.name(), column.type());
        for (String value : values) {
            try {
                taken.take(column.name(), column.type(), JSON.readTree(value));
            } catch (JacksonException cut) {
                // Longer than is looked at.
                continue;
            }
        }
        List<ColumnSample> samples = new ArrayList<>();
        taken.leaves.forEach(
                (path, found) -> samples.add(new ColumnSample(column.name(), path, found)));
        return samples;
    }

    /// Members that are never there have names, too.
    private void prepare(String path, ColumnType type) {
        switch (type) {
            case ColumnType.Primitive _, ColumnType.Decimal _ ->
                    leaves.putIfAbsent(path, new ArrayList<>());
            case ColumnType.Struct struct ->
                    struct.fields()
                            .forEach(field -> prepare(path + "." + field.name(), field.type()));
            case ColumnType.ListOf list -> prepare(path, list.element());
            case ColumnType.MapOf map -> {
                prepare(path + ".key", map.key());
                prepare(path + ".value", map.value());
            }
        }
    }

    private void take(String path, ColumnType type, JsonNode value) {
        switch (type) {
            case ColumnType.Primitive _, ColumnType.Decimal _ -> leaf(path, value);
            case ColumnType.Struct struct ->
                    struct.fields()
                            .forEach(field ->
                                    take(
                                            path + "." + field.name(),
                                            field.type(),
                                            value.path(field.name())));
            case ColumnType.ListOf list ->
                    value.forEach(element -> take(path, list.element(), element));
            case ColumnType.MapOf map ->
                    value.properties()
                            .forEach(entry -> {
                                leaf(path + ".key", JSON.stringNode(entry.getKey()));
                                take(path + ".value", map.value(), entry.getValue());
                            });
        }
    }

    private void leaf(String path, JsonNode value) {
        List<String> values = leaves.computeIfAbsent(path, any -> new ArrayList<>());
        String text = value.isValueNode() && !value.isNull() ? value.asString() : "";
        if (!text.isBlank() && values.size() < ColumnSampler.ROWS_MAX) {
            values.add(
                    text.length() > ColumnSampler.CHARACTERS_MAX
                            ? text.substring(0, ColumnSampler.CHARACTERS_MAX)
                            : text);
        }
    }
}
