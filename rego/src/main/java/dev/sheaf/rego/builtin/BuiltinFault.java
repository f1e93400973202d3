package dev.sheaf.rego.builtin;

/// Why a built-in function has no result. No programmer's fault: policies meet it with inputs they
/// did not expect. Has no stack trace.
public final class BuiltinFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean isTypeFault;
    private final String function;

    private BuiltinFault(boolean isTypeFault, String function, String message) {
        super(message, null, false, false);
        this.isTypeFault = isTypeFault;
        this.function = function;
    }

    /// The arguments are right, and yet there is no result: `divide by zero`.
    public static BuiltinFault of(String message, Object... details) {
        return new BuiltinFault(
                false, "", details.length == 0 ? message : message.formatted(details));
    }

    /// An argument, or something in it, is of the wrong type.
    public static BuiltinFault type(String message, Object... details) {
        return new BuiltinFault(
                true, "", details.length == 0 ? message : message.formatted(details));
    }

    BuiltinFault in(String name) {
        return function.isEmpty() ? new BuiltinFault(isTypeFault, name, ownMessage()) : this;
    }

    private String ownMessage() {
        return String.valueOf(super.getMessage());
    }

    /// OPA's code: `eval_type_error` or `eval_builtin_error`.
    public String code() {
        return isTypeFault ? "eval_type_error" : "eval_builtin_error";
    }

    @Override
    public String getMessage() {
        return function.isEmpty() ? ownMessage() : function + ": " + ownMessage();
    }
}
