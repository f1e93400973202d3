package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/// The keywords of one schema, by their types. Faults are in OPA's words.
record SchemaFields(ObjectValue object) {
    static BuiltinFault type(String expected, String given) {
        return BuiltinFault.of("Invalid type. Expected: %s, given: %s", expected, given);
    }

    @Nullable Value get(String field) {
        return object.get(field);
    }

    @Nullable String text(String field) {
        Value value = object.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof StringValue text) {
            return text.value();
        }
        throw type("string", field);
    }

    /// Empty when it is not there.
    List<Value> list(String field) {
        return switch (object.get(field)) {
            case null -> List.of();
            case ArrayValue array -> array.items();
            default -> throw BuiltinFault.of("%s must be of an array", field);
        };
    }

    /// Empty when it is not there.
    ObjectValue object(String field, String fault) {
        return switch (object.get(field)) {
            case null -> ObjectValue.EMPTY;
            case ObjectValue value -> value;
            default -> throw BuiltinFault.of(fault);
        };
    }

    @Nullable BigDecimal number(String field) {
        return switch (object.get(field)) {
            case null -> null;
            case NumberValue number -> number.decimalValue();
            default -> throw BuiltinFault.of("%s must be of a number", field);
        };
    }

    /// A whole number from 0; what is beyond an `int` counts as its largest.
    @Nullable Integer count(String field) {
        Value value = object.get(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof NumberValue number) || !number.isInteger()) {
            throw BuiltinFault.of("%s must be of an integer", field);
        }
        if (number.decimalValue().signum() < 0) {
            throw BuiltinFault.of("%s must be greater than or equal to 0", field);
        }
        return number.decimalValue().min(BigDecimal.valueOf(Integer.MAX_VALUE)).intValue();
    }
}
