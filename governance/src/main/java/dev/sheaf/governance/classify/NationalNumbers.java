package dev.sheaf.governance.classify;

import static dev.sheaf.governance.classify.CheckDigits.digit;
import static dev.sheaf.governance.classify.CheckDigits.isDate;
import static dev.sheaf.governance.classify.CheckDigits.weighted;

import java.util.Set;

/// Whether a number can be one of a country's. Each takes the number without separators, in
/// capitals, of the length and characters that its form has already shown.
///
/// Source: the issuing authorities' published rules.
final class NationalNumbers {
    private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String HETU_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String OMOCODIA_LETTERS = "LMNPQRSTUV";
    private static final Set<String> NINO_UNUSED = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");
    private static final int[] CODICE_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final int[] CODICE_DIGITS_AT = {6, 7, 9, 10, 12, 13, 14};

    private NationalNumbers() {}

    static boolean isUsSsn(String n) {
        int area = Integer.parseInt(n.substring(0, 3));
        return area != 0
                && area != 666
                && area < 900
                && !n.startsWith("00", 3)
                && !n.endsWith("0000")
                && !n.equals("123456789")
                && !n.equals("078051120");
    }

    static boolean isUkNino(String n) {
        return !NINO_UNUSED.contains(n.substring(0, 2));
    }

    static boolean isUkNhs(String n) {
        int check = 11 - weighted(n, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return check % 11 == digit(n, 9) && check != 10 && !isOneDigit(n);
    }

    static boolean isNif(String n) {
        return nifLetter(n.substring(0, 8)) == n.charAt(8);
    }

    static boolean isNie(String n) {
        return nifLetter("XYZ".indexOf(n.charAt(0)) + n.substring(1, 8)) == n.charAt(8);
    }

    private static char nifLetter(String digits) {
        return NIF_LETTERS.charAt(Integer.parseInt(digits) % NIF_LETTERS.length());
    }

    static boolean isCodiceFiscale(String n) {
        StringBuilder plain = new StringBuilder(n);
        for (int at : CODICE_DIGITS_AT) {
            int letter = OMOCODIA_LETTERS.indexOf(n.charAt(at));
            if (letter >= 0) {
                plain.setCharAt(at, (char) ('0' + letter));
            } else if (!Character.isDigit(n.charAt(at))) {
                return false;
            }
        }
        int day = Integer.parseInt(plain.substring(9, 11)) % 40;
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = n.charAt(i);
            int value = Character.isDigit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? CODICE_ODD[value] : value;
        }
        return day >= 1 && day <= 31 && 'A' + sum % 26 == n.charAt(15);
    }

    static boolean isPesel(String n) {
        int month = Integer.parseInt(n.substring(2, 4)) % 20;
        return weighted(n, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0
                && isDate(
                        month,
                        Integer.parseInt(n.substring(4, 6)),
                        Integer.parseInt(n.substring(0, 2)));
    }

    static boolean isHetu(String n) {
        String digits = n.substring(0, 6) + n.substring(7, 10);
        return isDate(digits, 4, 2, 0)
                && HETU_LETTERS.charAt(Integer.parseInt(digits) % 31) == n.charAt(10);
    }

    static boolean isSteuerId(String n) {
        int[] counts = new int[10];
        for (int i = 0; i < 10; i++) {
            counts[digit(n, i)]++;
        }
        int repeated = 0;
        for (int count : counts) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        return repeated == 1 && n.charAt(0) != '0' && CheckDigits.mod11And10(n);
    }

    static boolean isNir(String n) {
        String digits = n.replace("2A", "19").replace("2B", "18");
        long number = Long.parseLong(digits.substring(0, 13));
        return 97 - number % 97 == Long.parseLong(digits.substring(13));
    }

    static boolean isBsn(String n) {
        return weighted(n, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0 && !isOneDigit(n);
    }

    /// With ten digits; a co-ordination number has 60 added to its day.
    static boolean isPersonnummer(String n) {
        String ten = n.substring(n.length() - 10);
        int day = Integer.parseInt(ten.substring(4, 6));
        return CheckDigits.luhn(ten)
                && isDate(
                        Integer.parseInt(ten.substring(2, 4)),
                        day > 60 ? day - 60 : day,
                        Integer.parseInt(ten.substring(0, 2)));
    }

    static boolean isCpr(String n) {
        return isDate(n, 4, 2, 0);
    }

    static boolean isFodselsnummer(String n) {
        int day = Integer.parseInt(n.substring(0, 2));
        return isDate(
                        Integer.parseInt(n.substring(2, 4)) % 40,
                        day > 40 ? day - 40 : day,
                        Integer.parseInt(n.substring(4, 6)))
                && weighted(n, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    static boolean isRijksregister(String n) {
        long number = Long.parseLong(n.substring(0, 9));
        long check = Long.parseLong(n.substring(9));
        boolean isValid = 97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check;
        return isValid && Integer.parseInt(n.substring(2, 4)) % 20 <= 12;
    }

    static boolean isAhv(String n) {
        return CheckDigits.ean13(n);
    }

    static boolean isTfn(String n) {
        return weighted(n, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0 && !isOneDigit(n);
    }

    static boolean isAbn(String n) {
        int sum = weighted(n, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10;
        return n.charAt(0) != '0' && sum % 89 == 0;
    }

    static boolean isAadhaar(String n) {
        return CheckDigits.verhoeff(n) && !isOneDigit(n);
    }

    static boolean isNric(String n) {
        int sum = weighted(n.substring(1, 8), 2, 7, 6, 5, 4, 3, 2);
        return switch (n.charAt(0)) {
            case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == n.charAt(8);
            case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == n.charAt(8);
            case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == n.charAt(8);
            case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == n.charAt(8);
            default -> "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11) == n.charAt(8);
        };
    }

    static boolean isCpf(String n) {
        int first = weighted(n, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return first == digit(n, 9) && second == digit(n, 10) && !isOneDigit(n);
    }

    static boolean isSin(String n) {
        return CheckDigits.luhn(n) && n.charAt(0) != '0' && n.charAt(0) != '8';
    }

    static boolean isZaId(String n) {
        return CheckDigits.luhn(n) && isDate(n, 0, 2, 4);
    }

    static boolean isRrn(String n) {
        return isDate(n, 0, 2, 4);
    }

    static boolean isRoutingNumber(String n) {
        int district = Integer.parseInt(n.substring(0, 2));
        boolean isAssigned = district <= 12 || (district >= 21 && district <= 32) || district == 80;
        return isAssigned && weighted(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0 && !isOneDigit(n);
    }

    private static boolean isOneDigit(String digits) {
        return digits.chars().allMatch(c -> c == digits.charAt(0));
    }
}
