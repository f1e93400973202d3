package dev.sheaf.rego.builtin.web;

import com.google.re2j.Pattern;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.builtin.web.SchemaNode.Dependency;
import dev.sheaf.rego.builtin.web.SchemaNode.Extra;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.NullValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Checks documents against a schema, as OPA's validator does: same faults, same words. Properties
/// are looked at in the order of their names. Used by one thread.
final class SchemaCheck {
    private static final String ROOT = "(root)";

    /// References may go round without end, documents do not.
    private static final int DEPTH_MAX = 500;

    private final Surroundings surroundings;
    private int depth;

    SchemaCheck(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    SchemaOutcome check(SchemaNode schema, Value document) {
        return check(schema, document, ROOT);
    }

    private SchemaOutcome check(SchemaNode schema, Value value, String field) {
        SchemaOutcome outcome = new SchemaOutcome();
        check(schema, value, field, outcome);
        return outcome;
    }

    private static String inner(String field, Object step) {
        return field.equals(ROOT) ? step.toString() : field + "." + step;
    }

    private void check(SchemaNode schema, Value value, String field, SchemaOutcome outcome) {
        surroundings.work(1);
        if (++depth > DEPTH_MAX) {
            throw BuiltinFault.of("schema goes deeper than %d levels", DEPTH_MAX);
        }
        if (schema.constant != null) {
            if (!schema.constant) {
                outcome.add("false", field, "False always fails validation");
            }
        } else if (schema.reference != null) {
            check(schema.reference, value, field, outcome);
        } else {
            checkTyped(schema, value, field, outcome);
        }
        depth--;
    }

    private void checkTyped(SchemaNode schema, Value value, String field, SchemaOutcome outcome) {
        String given = type(value);
        boolean isType =
                schema.types.isEmpty()
                        || schema.types.contains(given)
                        || given.equals("integer") && schema.types.contains("number");
        if (!isType) {
            outcome.add(
                    "invalid_type",
                    field,
                    "Invalid type. Expected: " + schema.typeText() + ", given: " + given);
            return;
        }
        checkCombinations(schema, value, field, outcome);
        switch (value) {
            case NumberValue number -> checkNumber(schema, number.decimalValue(), field, outcome);
            case ArrayValue array -> checkArray(schema, array.items(), field, outcome);
            case SetValue set -> checkArray(schema, set.items(), field, outcome);
            case ObjectValue object -> checkObject(schema, object, field, outcome);
            case StringValue text -> {}
            case BooleanValue bool -> {}
            case NullValue none -> {}
        }
        checkValue(schema, value, field, outcome);
        if (value instanceof StringValue text) {
            checkText(schema, text.value(), field, outcome);
        }
        if (value instanceof ObjectValue object) {
            schema.properties.forEach((name, property) -> {
                Value member = object.get(name);
                if (member != null) {
                    check(property, member, inner(field, name), outcome);
                }
            });
        }
        outcome.score++;
    }

    private static String type(Value value) {
        return switch (value) {
            case NumberValue number -> number.isInteger() ? "integer" : "number";
            case SetValue set -> "array";
            default -> value.typeName();
        };
    }

    private void checkCombinations(
            SchemaNode schema, Value value, String field, SchemaOutcome outcome) {
        checkAnyOf(schema.anyOf, value, field, outcome);
        checkOneOf(schema.oneOf, value, field, outcome);
        int valid = 0;
        for (SchemaNode all : schema.allOf) {
            SchemaOutcome one = check(all, value, field);
            valid += one.isValid() ? 1 : 0;
            outcome.merge(one);
        }
        if (valid < schema.allOf.size()) {
            outcome.add("number_all_of", field, "Must validate all the schemas (allOf)");
        }
        if (schema.not != null && check(schema.not, value, field).isValid()) {
            outcome.add("number_not", field, "Must not validate the schema (not)");
        }
        if (value instanceof ObjectValue object) {
            checkDependencies(schema, object, field, outcome);
        }
        checkCondition(schema, value, field, outcome);
        outcome.score++;
    }

    private void checkAnyOf(
            List<SchemaNode> schemas, Value value, String field, SchemaOutcome outcome) {
        if (schemas.isEmpty()) {
            return;
        }
        SchemaOutcome best = null;
        for (SchemaNode any : schemas) {
            SchemaOutcome one = check(any, value, field);
            if (one.isValid()) {
                return;
            }
            if (best == null || one.score > best.score) {
                best = one;
            }
        }
        outcome.add("number_any_of", field, "Must validate at least one schema (anyOf)");
        mergeIfAny(outcome, best);
    }

    private void checkOneOf(
            List<SchemaNode> schemas, Value value, String field, SchemaOutcome outcome) {
        if (schemas.isEmpty()) {
            return;
        }
        int valid = 0;
        SchemaOutcome best = null;
        for (SchemaNode one : schemas) {
            SchemaOutcome result = check(one, value, field);
            if (result.isValid()) {
                valid++;
            } else if (valid == 0 && (best == null || result.score > best.score)) {
                best = result;
            }
        }
        if (valid == 1) {
            return;
        }
        outcome.add("number_one_of", field, "Must validate one and only one schema (oneOf)");
        if (valid == 0) {
            mergeIfAny(outcome, best);
        }
    }

    private static void mergeIfAny(SchemaOutcome outcome, @Nullable SchemaOutcome other) {
        if (other != null) {
            outcome.merge(other);
        }
    }

    private void checkDependencies(
            SchemaNode schema, ObjectValue object, String field, SchemaOutcome outcome) {
        schema.dependencies.forEach((name, dependency) -> {
            if (object.get(name) == null) {
                return;
            }
            switch (dependency) {
                case Dependency.Names(List<String> required) ->
                        required.stream()
                                .filter(other -> object.get(other) == null)
                                .forEach(other ->
                                        outcome.add(
                                                "missing_dependency",
                                                field,
                                                "Has a dependency on " + other));
                case Dependency.Matching(SchemaNode matching) ->
                        check(matching, object, field, outcome);
            }
        });
    }

    private void checkCondition(
            SchemaNode schema, Value value, String field, SchemaOutcome outcome) {
        if (schema.condition == null) {
            return;
        }
        boolean holds = check(schema.condition, value, field).isValid();
        SchemaNode branch = holds ? schema.then : schema.otherwise;
        if (branch == null) {
            return;
        }
        SchemaOutcome one = check(branch, value, field);
        if (!one.isValid()) {
            outcome.add(
                    holds ? "condition_then" : "condition_else",
                    field,
                    holds
                            ? "Must validate \"then\" as \"if\" was valid"
                            : "Must validate \"else\" as \"if\" was not valid");
            outcome.merge(one);
        }
    }

    private static void checkValue(
            SchemaNode schema, Value value, String field, SchemaOutcome outcome) {
        if (schema.fixed != null && !schema.fixed.equals(value)) {
            outcome.add(
                    "const", field, field + " does not match: " + JsonValues.text(schema.fixed));
        }
        if (schema.allowed != null && !schema.allowed.contains(value)) {
            List<String> texts = schema.allowed.stream().map(JsonValues::text).toList();
            String list = texts.isEmpty() ? "(none)" : String.join(", ", texts);
            outcome.add("enum", field, field + " must be one of the following: " + list);
        }
        if (!schema.format.isEmpty()
                && value instanceof StringValue text
                && !SchemaFormats.has(schema.format, text.value())) {
            outcome.add("format", field, "Does not match format '" + schema.format + "'");
        }
        outcome.score++;
    }

    private void checkArray(
            SchemaNode schema, List<Value> items, String field, SchemaOutcome outcome) {
        for (int i = 0; i < items.size(); i++) {
            SchemaNode item = schema.items;
            if (item == null && i < schema.leadingItems.size()) {
                item = schema.leadingItems.get(i);
            } else if (item == null
                    && !schema.leadingItems.isEmpty()
                    && schema.additionalItems instanceof Extra.Matching(SchemaNode matching)) {
                item = matching;
            }
            if (item != null) {
                outcome.merge(check(item, items.get(i), inner(field, i)));
            }
        }
        if (schema.items == null
                && !schema.leadingItems.isEmpty()
                && items.size() > schema.leadingItems.size()
                && schema.additionalItems instanceof Extra.Allowed(boolean isAllowed)
                && !isAllowed) {
            outcome.add("array_no_additional_items", field, "No additional items allowed on array");
        }
        if (schema.minItems != null && items.size() < schema.minItems) {
            outcome.add(
                    "array_min_items",
                    field,
                    "Array must have at least " + schema.minItems + " items");
        }
        if (schema.maxItems != null && items.size() > schema.maxItems) {
            outcome.add(
                    "array_max_items",
                    field,
                    "Array must have at most " + schema.maxItems + " items");
        }
        if (schema.hasUniqueItems) {
            checkUnique(items, field, outcome);
        }
        if (schema.contains != null) {
            checkContains(schema.contains, items, field, outcome);
        }
        outcome.score++;
    }

    private static void checkUnique(List<Value> items, String field, SchemaOutcome outcome) {
        Map<Value, Integer> places = new HashMap<>();
        for (int i = 0; i < items.size(); i++) {
            Integer before = places.put(items.get(i), i);
            if (before != null) {
                outcome.add(
                        "unique", field, "array items[" + before + "," + i + "] must be unique");
            }
        }
    }

    private void checkContains(
            SchemaNode contains, List<Value> items, String field, SchemaOutcome outcome) {
        SchemaOutcome best = null;
        for (int i = 0; i < items.size(); i++) {
            SchemaOutcome one = check(contains, items.get(i), inner(field, i));
            if (one.isValid()) {
                return;
            }
            if (best == null || one.score > best.score) {
                best = one;
            }
        }
        outcome.add("contains", field, "At least one of the items must match");
        mergeIfAny(outcome, best);
    }

    private void checkObject(
            SchemaNode schema, ObjectValue object, String field, SchemaOutcome outcome) {
        if (schema.minProperties != null && object.size() < schema.minProperties) {
            outcome.add(
                    "array_min_properties",
                    field,
                    "Must have at least " + schema.minProperties + " properties");
        }
        if (schema.maxProperties != null && object.size() > schema.maxProperties) {
            outcome.add(
                    "array_max_properties",
                    field,
                    "Must have at most " + schema.maxProperties + " properties");
        }
        for (String name : schema.required) {
            if (object.get(name) == null) {
                outcome.add("required", field, name + " is required");
            } else {
                outcome.score++;
            }
        }
        object.forEach((key, value) ->
                checkMember(schema, JsonValues.keyText(key), value, field, outcome));
        if (schema.propertyNames != null) {
            for (int i = 0; i < object.size(); i++) {
                String name = JsonValues.keyText(object.key(i));
                SchemaOutcome one = check(schema.propertyNames, StringValue.of(name), field);
                if (!one.isValid()) {
                    outcome.add(
                            "invalid_property_name",
                            field,
                            "Property name of \"" + name + "\" does not match");
                    outcome.merge(one);
                }
            }
        }
        outcome.score++;
    }

    private void checkMember(
            SchemaNode schema, String name, Value value, String field, SchemaOutcome outcome) {
        boolean isListed = schema.properties.containsKey(name);
        boolean isMatched = false;
        for (Map.Entry<Pattern, SchemaNode> one : schema.patternProperties.entrySet()) {
            if (one.getKey().matcher(name).find()) {
                isMatched = true;
                outcome.merge(check(one.getValue(), value, inner(field, name)));
            }
        }
        if (isMatched) {
            outcome.score++;
        }
        if (isListed || isMatched) {
            return;
        }
        switch (schema.additionalProperties) {
            case null -> {}
            case Extra.Allowed(boolean isAllowed) -> {
                if (!isAllowed) {
                    outcome.add(
                            "additional_property_not_allowed",
                            field,
                            "Additional property " + name + " is not allowed");
                }
            }
            case Extra.Matching(SchemaNode matching) ->
                    outcome.merge(check(matching, value, inner(field, name)));
        }
    }

    private static void checkText(
            SchemaNode schema, String text, String field, SchemaOutcome outcome) {
        int length = text.codePointCount(0, text.length());
        if (schema.minLength != null && length < schema.minLength) {
            outcome.add(
                    "string_gte",
                    field,
                    "String length must be greater than or equal to " + schema.minLength);
        }
        if (schema.maxLength != null && length > schema.maxLength) {
            outcome.add(
                    "string_lte",
                    field,
                    "String length must be less than or equal to " + schema.maxLength);
        }
        if (schema.pattern != null && !schema.pattern.matcher(text).find()) {
            outcome.add(
                    "pattern", field, "Does not match pattern '" + schema.pattern.pattern() + "'");
        }
        outcome.score++;
    }

    private static void checkNumber(
            SchemaNode schema, BigDecimal number, String field, SchemaOutcome outcome) {
        if (schema.multipleOf != null && !isMultiple(number, schema.multipleOf)) {
            outcome.add(
                    "multiple_of",
                    field,
                    "Must be a multiple of " + SchemaNumbers.text(schema.multipleOf));
        }
        limit(
                schema.maximum,
                number,
                order -> order > 0,
                "number_lte",
                "Must be less than or equal to ",
                field,
                outcome);
        limit(
                schema.exclusiveMaximum,
                number,
                order -> order >= 0,
                "number_lt",
                "Must be less than ",
                field,
                outcome);
        limit(
                schema.minimum,
                number,
                order -> order < 0,
                "number_gte",
                "Must be greater than or equal to ",
                field,
                outcome);
        limit(
                schema.exclusiveMinimum,
                number,
                order -> order <= 0,
                "number_gt",
                "Must be greater than ",
                field,
                outcome);
        outcome.score++;
    }

    private static boolean isMultiple(BigDecimal number, BigDecimal of) {
        if (!SchemaNumbers.isSmall(number) || !SchemaNumbers.isSmall(of)) {
            throw BuiltinFault.of("number is too large to be checked for multiples");
        }
        return number.remainder(of).signum() == 0;
    }

    private static void limit(
            @Nullable BigDecimal limit,
            BigDecimal number,
            IntPredicate isBroken,
            String type,
            String description,
            String field,
            SchemaOutcome outcome) {
        if (limit != null && isBroken.test(number.compareTo(limit))) {
            outcome.add(type, field, description + SchemaNumbers.text(limit));
        }
    }
}
