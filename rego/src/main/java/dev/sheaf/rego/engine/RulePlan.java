package dev.sheaf.rego.engine;

import dev.sheaf.rego.syntax.Location;
import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A compiled rule.
///
/// @param arguments patterns, for a function
/// @param body its steps
/// @param constant the value that it has whenever its body holds, or null
/// @param otherwise tried when the body does not hold
/// @param name the path of the rule
/// @param guards conditions that can be looked up before the rule is tried; none when there is
///   another branch
record RulePlan(
        int slots,
        int collectors,
        Matcher[] arguments,
        RuleBody body,
        @Nullable Value constant,
        @Nullable RulePlan otherwise,
        String name,
        List<Guard> guards,
        Location at) {
    /// The value of a rule that has one; null when it does not hold.
    @Nullable Value value(Context context, Value[] given) {
        RulePlan plan = this;
        while (plan != null) {
            Frame frame = new Frame(plan.slots, plan.collectors, context);
            context.session().step();
            if (plan.takes(frame, given)) {
                plan.run(frame);
                if (frame.result != null) {
                    return frame.result;
                }
            }
            plan = plan.otherwise;
        }
        return null;
    }

    private void run(Frame frame) {
        Tracer tracer = frame.session.tracer();
        if (tracer != null) {
            tracer.told(Tracer.Event.ENTER, name, at);
        }
        body.run(frame);
        if (tracer != null && frame.result != null) {
            tracer.told(Tracer.Event.EXIT, name, at);
        }
    }

    private boolean takes(Frame frame, Value[] given) {
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].match(frame, given[i])) {
                return false;
            }
        }
        return true;
    }

    /// Puts all that the rule says into a collector.
    void gather(Context context, Object collector) {
        Frame frame = new Frame(slots, Math.max(1, collectors), context);
        frame.collectors[0] = collector;
        context.session().step();
        run(frame);
        if (frame.result == null && otherwise != null) {
            otherwise.gather(context, collector);
        }
    }

    static EvaluationFault conflict(Location at) {
        return new EvaluationFault(
                EvaluationFault.CONFLICT, "complete rules must not produce multiple outputs", at);
    }

    static EvaluationFault functionConflict(Location at) {
        return new EvaluationFault(
                EvaluationFault.CONFLICT,
                "functions must not produce multiple outputs for same inputs",
                at);
    }
}
