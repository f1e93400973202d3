package dev.sheaf.context.schema;

import dev.sheaf.context.json.JsonValues;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// A schema as checks. It is filled after it was made, so that schemas can refer to one another in
/// circles, and not changed after [SchemaCompiler] is done.
final class CompiledSchema {
    private int types = Types.ALL;
    private Rule[] rules = {};
    private Members members = Members.NONE;
    private Elements elements = Elements.NONE;
    private final List<CompiledSchema> always = new ArrayList<>();
    private final List<CompiledSchema> sometimes = new ArrayList<>();

    int types() {
        return types;
    }

    void restrictTypes(int allowed) {
        types &= allowed;
    }

    void fill(List<Rule> compiled, Members objectMembers, Elements arrayElements) {
        List<Rule> all = new ArrayList<>(compiled);
        if (objectMembers != Members.NONE) {
            all.add(objectMembers);
        }
        if (arrayElements != Elements.NONE) {
            all.add(arrayElements);
        }
        rules = all.toArray(Rule[]::new);
        members = objectMembers;
        elements = arrayElements;
    }

    Members members() {
        return members;
    }

    Elements elements() {
        return elements;
    }

    /// Schemas that every value of this one must satisfy too: `$ref` and `allOf`.
    List<CompiledSchema> always() {
        return always;
    }

    /// Schemas that are applied to the same value under conditions.
    List<CompiledSchema> sometimes() {
        return sometimes;
    }

    boolean holds(JsonNode value, Run run) {
        if ((types & Types.of(value)) == 0) {
            return false;
        }
        if (rules.length == 0) {
            return true;
        }
        run.enter();
        for (Rule rule : rules) {
            if (!rule.holds(value, run)) {
                run.leave();
                return false;
            }
        }
        run.leave();
        return true;
    }

    void explain(JsonNode value, Location at, Run run, List<Violation> into) {
        if ((types & Types.of(value)) == 0) {
            into.add(
                    new Violation(at.pointer(), types == 0 ? "false" : "type", typeMessage(value)));
            return;
        }
        run.enter();
        for (Rule rule : rules) {
            rule.explain(value, at, run, into);
        }
        run.leave();
    }

    private String typeMessage(JsonNode value) {
        return types == 0
                ? "is not allowed here"
                : "is "
                        + JsonValues.shown(value)
                        + ", of type "
                        + String.join(" or ", Types.names(Types.of(value)))
                        + "; allowed: "
                        + String.join(", ", Types.names(types));
    }
}
