package dev.sheaf.kernel;

/// What a command's exit status means; scripts may rely on it.
public enum ExitCode {
    OK(0),
    /// The command ran and its answer is no: invalid contract or policy, refused release, breaking
    /// change, undefined query, failed test.
    NEGATIVE(1),
    /// The command or its input was wrong.
    USAGE(2),
    NOT_FOUND(3),
    DENIED(4),
    CONFLICT(5),
    /// Something needed does not answer; trying again can help.
    UNAVAILABLE(6),
    INTERNAL(70),
    CANCELLED(130);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
