package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Texts to and from values.
final class Texts {
    private Texts() {}

    static ArrayValue array(Collection<String> texts) {
        if (texts.isEmpty()) {
            return ArrayValue.EMPTY;
        }
        Value[] values = new Value[texts.size()];
        int count = 0;
        for (String text : texts) {
            values[count++] = StringValue.of(text);
        }
        Arrays.sort(values);
        return ArrayValue.of(values);
    }

    /// The texts of a set or an array, in its order.
    ///
    /// @throws IllegalArgumentException when it is neither, or holds something else
    static List<String> list(Value value, String what) {
        List<Value> items =
                switch (value) {
                    case SetValue set -> set.items();
                    case ArrayValue array -> array.items();
                    default -> throw new IllegalArgumentException(what + " is no set of texts");
                };
        List<String> texts = new ArrayList<>();
        for (Value item : items) {
            if (!(item instanceof StringValue text)) {
                throw new IllegalArgumentException(what + " holds " + item + ", which is no text");
            }
            texts.add(text.value());
        }
        return texts;
    }
}
