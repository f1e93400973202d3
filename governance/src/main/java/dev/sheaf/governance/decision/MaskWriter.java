package dev.sheaf.governance.decision;

import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;

/// Masks as policies say them, `spec/policy-input.md`; [MaskReader] reads the same back.
public final class MaskWriter {
    private MaskWriter() {}

    public static ObjectValue write(Mask mask) {
        return switch (mask) {
            case Mask.Nothing nothing -> kind("null").build();
            case Mask.Fixed(String text) -> kind("fixed").put("value", text(text)).build();
            case Mask.Hash hash -> kind("hash").build();
            case Mask.Partial(int first, int last, String from) -> partial(first, last, from);
            case Mask.ToPeriod(String period) -> kind("generalise").put("to", text(period)).build();
            case Mask.ToRange(java.math.BigDecimal width) ->
                    kind("generalise").put("width", NumberValue.of(width)).build();
            case Mask.Tokenise tokenise -> kind("tokenise").build();
            case Mask.Sql(String expression) ->
                    kind("sql").put("expression", text(expression)).build();
        };
    }

    private static ObjectValue partial(int first, int last, String from) {
        ObjectValue.Builder fields =
                kind("partial")
                        .put("keepFirst", NumberValue.of(first))
                        .put("keepLast", NumberValue.of(last));
        return (from.isEmpty() ? fields : fields.put("keepFrom", text(from))).build();
    }

    private static ObjectValue.Builder kind(String kind) {
        return new ObjectValue.Builder(4).put("kind", text(kind));
    }

    private static StringValue text(String text) {
        return StringValue.of(text);
    }
}
