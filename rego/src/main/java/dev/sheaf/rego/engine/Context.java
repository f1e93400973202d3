package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// What rules see: the input, the data, what is replaced of them, and what was computed of both
/// already.
final class Context {
    private final Session session;
    private final @Nullable Value input;
    private final Value data;
    private final @Nullable Replacement replaced;
    private final Map<Object, Mock> mocks;
    private final @Nullable Value[] memory;

    Context(
            Session session,
            @Nullable Value input,
            Value data,
            @Nullable Replacement replaced,
            Map<Object, Mock> mocks,
            int nodes) {
        this.session = session;
        this.input = input;
        this.data = data;
        this.replaced = replaced;
        this.mocks = mocks;
        this.memory = new Value[nodes];
    }

    /// What stands for a function: a value, or another function.
    sealed interface Mock {
        record Constant(Value value) implements Mock {}

        record Function(Callee callee) implements Mock {}
    }

    Context with(
            @Nullable Value otherInput,
            @Nullable Replacement otherReplaced,
            Map<Object, Mock> otherMocks) {
        return new Context(session, otherInput, data, otherReplaced, otherMocks, memory.length);
    }

    /// A function that stands for another does not stand for itself.
    Context without(Object mocked) {
        Map<Object, Mock> others = new java.util.HashMap<>(mocks);
        others.remove(mocked);
        return with(input, replaced, others);
    }

    Session session() {
        return session;
    }

    @Nullable Value input() {
        return input;
    }

    Value data() {
        return data;
    }

    @Nullable Replacement replaced() {
        return replaced;
    }

    Map<Object, Mock> mocks() {
        return mocks;
    }

    @Nullable Value[] memory() {
        return memory;
    }
}
