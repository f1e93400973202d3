package dev.sheaf.product.draft;

import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers that prove themselves: payment cards (Luhn, ISO/IEC 7812-1) and IBANs (mod 97, ISO
/// 13616).
final class CheckDigits {
    private static final Pattern CARD = Pattern.compile("[0-9](?:[ -]?[0-9]){12,18}");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final int IBAN_MODULUS = 97;

    private CheckDigits() {}

    static boolean isCard(String text) {
        if (!CARD.matcher(text).matches()) {
            return false;
        }
        int sum = 0;
        boolean doubled = false;
        for (int index = text.length() - 1; index >= 0; index--) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                continue;
            }
            int weighted = doubled ? digit * 2 : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
            doubled = !doubled;
        }
        return sum % 10 == 0 && sum > 0;
    }

    static boolean isIban(String text) {
        String compact = text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!IBAN.matcher(compact).matches()) {
            return false;
        }
        String rotated = compact.substring(4) + compact.substring(0, 4);
        int remainder = 0;
        for (int index = 0; index < rotated.length(); index++) {
            int value = Character.getNumericValue(rotated.charAt(index));
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % IBAN_MODULUS;
        }
        return remainder == 1;
    }
}
