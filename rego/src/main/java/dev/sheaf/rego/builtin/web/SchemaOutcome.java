package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with a document, and how close it is: of several schemas that might match, the
/// faults of the closest are told. Used by one thread.
final class SchemaOutcome {
    /// @param type OPA's name of the kind of fault
    /// @param field where it is: `(root)`, `a.0.b`
    record Fault(String type, String field, String description) {
        Value json() {
            return new ObjectValue.Builder()
                    .put("error", StringValue.of(field + ": " + description))
                    .put("type", StringValue.of(type))
                    .put("field", StringValue.of(field))
                    .put("desc", StringValue.of(description))
                    .build();
        }
    }

    final List<Fault> faults = new ArrayList<>();
    int score;

    boolean isValid() {
        return faults.isEmpty();
    }

    void add(String type, String field, String description) {
        faults.add(new Fault(type, field, description));
        score -= 2;
    }

    void merge(SchemaOutcome other) {
        faults.addAll(other.faults);
        score += other.score;
    }
}
