package dev.sheaf.governance.decision;

import dev.sheaf.rego.syntax.AstValues;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

/// Tells whether policies can decide otherwise for one document of a type than for another: whether
/// they look at `input.resource.id`. Where they do not, one answer is that of all documents.
///
/// Looked at is their text. What is not plainly something else counts as looking: `input` or
/// `input.resource` as a whole, members that are computed.
public final class DocumentIds {
    private static final String INPUT = "input";
    private static final String RESOURCE = "resource";
    private static final String ID = "id";

    private DocumentIds() {}

    public static boolean matterTo(PolicySet policies) {
        return policies.modules().stream().anyMatch(module -> looks(AstValues.module(module)));
    }

    private static boolean looks(Value part) {
        return switch (part) {
            case ObjectValue fields when isOfType(fields, "ref") -> looksAlong(fields.get("value"));
            case ObjectValue fields when isOfType(fields, "var") ->
                    isText(fields.get("value"), INPUT);
            case ObjectValue fields -> anyLooks(fields);
            case ArrayValue items -> anyLooks(items);
            default -> false;
        };
    }

    private static boolean anyLooks(ObjectValue fields) {
        for (int i = 0; i < fields.size(); i++) {
            if (looks(fields.value(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyLooks(ArrayValue items) {
        for (int i = 0; i < items.size(); i++) {
            if (looks(items.get(i))) {
                return true;
            }
        }
        return false;
    }

    /// A path: of the input's only its first names matter, of all others each step.
    private static boolean looksAlong(@Nullable Value path) {
        if (!(path instanceof ArrayValue steps) || steps.size() == 0) {
            return true;
        }
        boolean isInput =
                steps.get(0) instanceof ObjectValue head
                        && isOfType(head, "var")
                        && isText(head.get("value"), INPUT);
        if (!isInput) {
            return anyLooks(steps);
        }
        boolean isElsewhere = isNameOtherThan(steps, 1, RESOURCE);
        boolean isOtherMember = isNameOtherThan(steps, 1, "") && isNameOtherThan(steps, 2, ID);
        if (!isElsewhere && !isOtherMember) {
            return true;
        }
        for (int i = 1; i < steps.size(); i++) {
            if (looks(steps.get(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNameOtherThan(ArrayValue steps, int index, String name) {
        return steps.size() > index
                && steps.get(index) instanceof ObjectValue step
                && isOfType(step, "string")
                && step.get("value") instanceof StringValue
                && !isText(step.get("value"), name);
    }

    private static boolean isOfType(ObjectValue fields, String type) {
        return isText(fields.get("type"), type);
    }

    private static boolean isText(@Nullable Value value, String text) {
        return value != null && value.equals(StringValue.of(text));
    }
}
