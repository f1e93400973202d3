package dev.sheaf.rego.builtin;

import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.Value;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What built-in functions see of the world during one evaluation. What needs a [Capability] that
/// was not granted is never asked for.
public interface Surroundings {
    /// Nanoseconds since 1970 by the wall clock, the same during the whole evaluation.
    long nowNanos();

    RandomGenerator random();

    /// What was computed for this key earlier in this evaluation, or is now: the same arguments
    /// give the same random number, however often they are asked.
    ///
    /// @param key has `equals`
    Value remembered(Object key, Supplier<Value> compute);

    /// Linear-time expressions, compiled once and kept over evaluations.
    Expressions expressions();

    /// Counts work that grows with the arguments.
    ///
    /// @param steps about as many values as are looked at
    /// @throws RuntimeException when the evaluation's limits are reached; not to be caught
    void work(long steps);

    /// How requests are sent; empty when there is no way.
    Optional<HttpSender> http();

    /// How host names are resolved; empty when there is no way.
    Optional<NameLookup> names();

    /// What `opa.runtime()` says.
    ObjectValue runtime();

    /// A line of `print` or `trace`.
    void note(String line);

    /// Sends what `http.send` asks for.
    interface HttpSender {
        /// @param request as `http.send` specifies it
        /// @return the response as `http.send` specifies it
        /// @throws BuiltinFault when there is no response
        ObjectValue send(ObjectValue request);
    }

    /// Resolves host names.
    interface NameLookup {
        /// @return the addresses as texts
        /// @throws BuiltinFault when the name is not known
        java.util.List<String> addresses(String host);
    }
}
