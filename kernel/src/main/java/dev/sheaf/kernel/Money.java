package dev.sheaf.kernel;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/// An amount of money in a currency, exact. Amounts of different currencies are not added or
/// compared.
///
/// @param currency ISO 4217, three capital letters
public record Money(BigDecimal amount, String currency) implements Comparable<Money> {
    /// Of amounts that are read: beyond it lies nothing that is paid, but numbers that take
    /// gigabytes.
    private static final int DIGITS_MAX = 30;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Money {
        if (!CURRENCY.matcher(currency).matches()) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "'" + currency + "' is not a currency: write three letters, as in USD");
        }
        BigDecimal stripped = amount.stripTrailingZeros();
        amount = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    public static Money zero(String currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /// Reads `0.05 USD`, the currency also before the amount or missing.
    ///
    /// @param fallback the currency of an amount without one
    /// @throws Problem INVALID_VALUE
    public static Money parse(String text, String fallback) {
        String[] words = text.strip().toUpperCase(Locale.ROOT).split("\\s+");
        try {
            if (words.length == 1) {
                return new Money(amount(words[0]), fallback);
            }
            if (words.length == 2) {
                boolean isLeading = CURRENCY.matcher(words[0]).matches();
                return new Money(amount(words[isLeading ? 1 : 0]), words[isLeading ? 0 : 1]);
            }
        } catch (NumberFormatException e) {
            throw wrong(text, e);
        }
        throw wrong(text, null);
    }

    private static BigDecimal amount(String text) {
        BigDecimal amount = new BigDecimal(text);
        if (amount.precision() > DIGITS_MAX || Math.abs((long) amount.scale()) > DIGITS_MAX) {
            throw new NumberFormatException("more than " + DIGITS_MAX + " digits");
        }
        return amount;
    }

    private static Problem wrong(
            String text, @org.jspecify.annotations.Nullable NumberFormatException cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "'" + text + "' is not an amount of money: write it as in 0.05 USD",
                cause);
    }

    /// @throws IllegalArgumentException for another currency
    public Money plus(Money other) {
        requireSame(other);
        return new Money(amount.add(other.amount), currency);
    }

    /// @throws IllegalArgumentException for another currency
    public Money minus(Money other) {
        requireSame(other);
        return new Money(amount.subtract(other.amount), currency);
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    /// @throws IllegalArgumentException for another currency
    @Override
    public int compareTo(Money other) {
        requireSame(other);
        return amount.compareTo(other.amount);
    }

    private void requireSame(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    this + " and " + other + " are amounts of different currencies");
        }
    }

    /// As in `0.05 USD`.
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
