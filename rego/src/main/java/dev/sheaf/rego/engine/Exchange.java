package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One `with`.
sealed interface Exchange {
    /// @return null when the value is undefined
    @Nullable Context in(Context context, Frame frame);

    /// @param path below `input`
    record OfInput(List<String> path, Getter value) implements Exchange {
        @Override
        public @Nullable Context in(Context context, Frame frame) {
            Value put = value.get(frame);
            return put == null
                    ? null
                    : context.with(
                            Documents.put(context.input(), path, put),
                            context.replaced(),
                            context.mocks());
        }
    }

    /// @param path below `data`
    record OfData(List<String> path, Getter value) implements Exchange {
        @Override
        public @Nullable Context in(Context context, Frame frame) {
            Value put = value.get(frame);
            return put == null
                    ? null
                    : context.with(
                            context.input(),
                            Replacement.of(path, put, context.replaced()),
                            context.mocks());
        }
    }

    record OfFunction(Object identity, Getter value) implements Exchange {
        @Override
        public @Nullable Context in(Context context, Frame frame) {
            Value put = value.get(frame);
            return put == null ? null : mocking(context, identity, new Context.Mock.Constant(put));
        }
    }

    record ByFunction(Object identity, Callee other) implements Exchange {
        @Override
        public Context in(Context context, Frame frame) {
            return mocking(context, identity, new Context.Mock.Function(other));
        }
    }

    private static Context mocking(Context context, Object identity, Context.Mock mock) {
        Map<Object, Context.Mock> mocks = new HashMap<>(context.mocks());
        mocks.put(identity, mock);
        return context.with(context.input(), context.replaced(), mocks);
    }
}
