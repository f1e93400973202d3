package dev.sheaf.rego.builtin.web;

import com.google.re2j.Pattern;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a schema demands, ready to be checked. Filled by one thread while the schema is read, then
/// not changed and for any thread.
final class SchemaNode {
    /// Drafts of JSON Schema; the hybrid takes what any of them has.
    enum Draft {
        FOUR,
        SIX,
        SEVEN,
        HYBRID
    }

    final Draft draft;

    /// True and false are whole schemas since draft 6.
    @Nullable Boolean constant;

    /// Nothing else counts beside a reference.
    @Nullable SchemaNode reference;

    final List<String> types = new ArrayList<>();
    final Map<String, SchemaNode> properties = new LinkedHashMap<>();
    final Map<Pattern, SchemaNode> patternProperties = new LinkedHashMap<>();
    @Nullable Extra additionalProperties;
    @Nullable SchemaNode propertyNames;
    final Map<String, Dependency> dependencies = new LinkedHashMap<>();

    /// One for all the items.
    @Nullable SchemaNode items;

    /// One for each of the first items.
    final List<SchemaNode> leadingItems = new ArrayList<>();

    @Nullable Extra additionalItems;
    @Nullable SchemaNode contains;
    @Nullable BigDecimal multipleOf;
    @Nullable BigDecimal minimum;
    @Nullable BigDecimal exclusiveMinimum;
    @Nullable BigDecimal maximum;
    @Nullable BigDecimal exclusiveMaximum;
    @Nullable Integer minLength;
    @Nullable Integer maxLength;
    @Nullable Integer minProperties;
    @Nullable Integer maxProperties;
    @Nullable Integer minItems;
    @Nullable Integer maxItems;
    boolean hasUniqueItems;
    @Nullable Pattern pattern;
    String format = "";
    final List<String> required = new ArrayList<>();

    @Nullable Value fixed;
    @Nullable List<Value> allowed;

    final List<SchemaNode> oneOf = new ArrayList<>();
    final List<SchemaNode> anyOf = new ArrayList<>();
    final List<SchemaNode> allOf = new ArrayList<>();
    @Nullable SchemaNode not;
    @Nullable SchemaNode condition;
    @Nullable SchemaNode then;
    @Nullable SchemaNode otherwise;

    SchemaNode(Draft draft) {
        this.draft = draft;
    }

    /// What holds for those that are not listed.
    sealed interface Extra {
        record Allowed(boolean isAllowed) implements Extra {}

        record Matching(SchemaNode schema) implements Extra {}
    }

    /// What the presence of a property demands.
    sealed interface Dependency {
        record Names(List<String> required) implements Dependency {}

        record Matching(SchemaNode schema) implements Dependency {}
    }

    String typeText() {
        return types.size() == 1 ? types.getFirst() : "[" + String.join(",", types) + "]";
    }
}
