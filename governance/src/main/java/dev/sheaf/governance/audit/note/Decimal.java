package dev.sheaf.governance.audit.note;

/// Numbers as C2SP's formats write them: decimal digits without leading zeros.
final class Decimal {
    private static final int DIGITS_MAX = 18;

    private Decimal() {}

    /// @throws dev.sheaf.kernel.Problem UNREADABLE_INPUT when it is none, or above 10^18
    static long parse(String what, String text) {
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= DIGITS_MAX
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (text.length() == 1 || text.charAt(0) != '0');
        if (!isNumber) {
            throw NoteFault.malformed(
                    what
                            + " is '"
                            + NoteFault.shown(text)
                            + "'; expected are up to 18 digits without leading zeros");
        }
        return Long.parseLong(text);
    }
}
