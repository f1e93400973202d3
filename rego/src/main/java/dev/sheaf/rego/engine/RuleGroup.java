package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// All rules of one name, compiled.
final class RuleGroup {
    /// What the rules make.
    enum Kind {
        VALUE,
        SET,
        OBJECT,
        FUNCTION
    }

    private static final Value[] NONE = new Value[0];

    /// In the memory of an evaluation; compared by identity.
    private static final Value UNDEFINED = StringValue.of("undefined");

    private static final Value IN_PROGRESS = StringValue.of("in progress");

    private final Node node;
    private final int number;
    private final Kind kind;
    private final RuleIndex index;
    private final @Nullable RulePlan fallback;
    private final boolean isOneConstant;
    private final Location at;

    /// @param fallback the default rule
    RuleGroup(Node node, Kind kind, List<RulePlan> plans, @Nullable RulePlan fallback) {
        this.node = node;
        this.number = node.number();
        this.kind = kind;
        this.index = new RuleIndex(plans);
        this.fallback = fallback;
        this.isOneConstant = isOneConstant(plans);
        this.at = node.sources().getFirst().rule().at();
    }

    private static boolean isOneConstant(List<RulePlan> plans) {
        return !plans.isEmpty()
                && plans.stream()
                        .allMatch(plan ->
                                plan.constant() != null
                                        && plan.otherwise() == null
                                        && plan.constant().equals(plans.getFirst().constant()));
    }

    Kind kind() {
        return kind;
    }

    /// What the rules of this very name say, remembered; null when that is nothing.
    @Nullable Value document(Context context) {
        @Nullable Value[] memory = context.memory();
        Value known = memory[number];
        if (known != null) {
            if (known == IN_PROGRESS) {
                throw new EvaluationFault(
                        EvaluationFault.RECURSION, node.path() + " needs itself", at);
            }
            return known == UNDEFINED ? null : known;
        }
        memory[number] = IN_PROGRESS;
        Value value = null;
        try {
            value = compute(context);
        } finally {
            memory[number] = value == null ? UNDEFINED : value;
        }
        return value;
    }

    private @Nullable Value compute(Context context) {
        return switch (kind) {
            case VALUE -> value(context, NONE);
            case SET -> {
                SetValue.Builder members = new SetValue.Builder();
                gather(context, members);
                yield members.build();
            }
            case OBJECT -> {
                PartialObject object = new PartialObject();
                gather(context, object);
                yield object.build();
            }
            case FUNCTION -> null;
        };
    }

    /// Puts what the rules say into an object of which they make a part.
    void gather(Context context, Object collector) {
        for (RulePlan plan : index.matching(context, NONE)) {
            plan.gather(context, collector);
        }
        for (RulePlan plan : index.always()) {
            plan.gather(context, collector);
        }
    }

    private @Nullable Value value(
            RulePlan[] some, @Nullable Value before, Context context, Value[] arguments) {
        Value found = before;
        for (RulePlan plan : some) {
            Value value = plan.value(context, arguments);
            if (value == null) {
                continue;
            }
            if (found != null && !found.equals(value)) {
                throw kind == Kind.FUNCTION
                        ? RulePlan.functionConflict(plan.at())
                        : RulePlan.conflict(plan.at());
            }
            found = value;
            if (isOneConstant) {
                return found;
            }
        }
        return found;
    }

    @Nullable Value call(Value[] arguments, Context context) {
        return value(context, arguments);
    }

    private @Nullable Value value(Context context, Value[] arguments) {
        Value found = value(index.matching(context, arguments), null, context, arguments);
        if (found == null || !isOneConstant) {
            found = value(index.always(), found, context, arguments);
        }
        return found == null && fallback != null ? fallback.value(context, arguments) : found;
    }
}
