package dev.sheaf.query;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import java.util.Optional;

/// A value in the place of a parameter of a statement. It never becomes part of the statement's
/// text before that is parsed: it takes the place of the parameter in the syntax tree, as a
/// constant, and is checked with it.
///
/// @param type in DuckDB's words, one that statements may name; empty for a NULL of any
/// @param text the value as DuckDB reads it from text; empty for NULL
public record ParameterValue(String type, Optional<String> text) {
    /// @throws Problem INVALID_VALUE for text with a NUL character, which no statement can hold
    public ParameterValue {
        if (text.filter(value -> value.indexOf('\0') >= 0).isPresent()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "a parameter's text cannot hold a NUL character; leave it away");
        }
    }

    public static ParameterValue nothing(String type) {
        return new ParameterValue(type, Optional.empty());
    }

    /// An expression with this value, in quotes of SQL.
    String sql() {
        String constant = text.map(SqlTypes::text).orElse("NULL");
        if (type.isEmpty()) {
            return constant;
        }
        return "CAST(" + constant + " AS " + type + ")";
    }

    int characters() {
        return text.map(String::length).orElse(0);
    }

    /// Without the value.
    @Override
    public String toString() {
        return "ParameterValue[" + type + "]";
    }
}
