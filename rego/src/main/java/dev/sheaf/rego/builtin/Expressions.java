package dev.sheaf.rego.builtin;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Compiled texts of small languages (regular expressions, globs, schemas), a bounded number of
/// them. Regular expressions are RE2's: matching takes time linear in the text whatever the
/// expression. For any thread.
public final class Expressions {
    private static final int KEPT_MAX = 1_000;

    private final Map<Object, Object> kept = new ConcurrentHashMap<>();

    /// @throws BuiltinFault when it is no expression
    public Pattern pattern(String expression) {
        return kept(
                Pattern.class,
                expression,
                text -> {
                    ExpressionLimits.check(text);
                    try {
                        return Pattern.compile(text);
                    } catch (PatternSyntaxException e) {
                        throw BuiltinFault.of(String.valueOf(e.getMessage()));
                    }
                });
    }

    /// What `compile` makes of the text, made once while it is kept.
    ///
    /// @param kind of the compiled thing; texts of different kinds do not meet
    public <T> T kept(Class<T> kind, String text, Function<String, T> compile) {
        record Key(Class<?> kind, String text) {}
        Key key = new Key(kind, text);
        Object known = kept.get(key);
        if (known == null) {
            known = compile.apply(text);
            if (kept.size() >= KEPT_MAX) {
                kept.clear();
            }
            kept.put(key, known);
        }
        return kind.cast(known);
    }
}
