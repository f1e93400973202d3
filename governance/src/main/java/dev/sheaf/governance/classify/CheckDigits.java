package dev.sheaf.governance.classify;

/// Check digits of numbers that are given as texts of digits only.
final class CheckDigits {
    private static final int[][] VERHOEFF_PRODUCTS = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final int[] VERHOEFF_STEP = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};

    private CheckDigits() {}

    static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    /// ISO/IEC 7812-1, annex B.
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /// The sum of the digits, each times its weight; as many digits as weights.
    static int weighted(String digits, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(digits, i) * weights[i];
        }
        return sum;
    }

    /// ISO/IEC 7064, MOD 97-10: letters count as 10 to 35.
    static int mod97(String text) {
        int rest = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest;
    }

    /// ISO/IEC 7064, MOD 11,10.
    static boolean mod11And10(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (digit(digits, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == digit(digits, digits.length() - 1);
    }

    /// Verhoeff 1969: the dihedral group of ten elements.
    static boolean verhoeff(String digits) {
        int check = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digit(digits, digits.length() - 1 - i);
            for (int step = i % 8; step > 0; step--) {
                digit = VERHOEFF_STEP[digit];
            }
            check = VERHOEFF_PRODUCTS[check][digit];
        }
        return check == 0;
    }

    /// EAN-13.
    static boolean ean13(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += digit(digits, i) * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /// Whether day, month and two digits of a year can be a date.
    static boolean isDate(String digits, int yearAt, int monthAt, int dayAt) {
        return isDate(
                Integer.parseInt(digits.substring(monthAt, monthAt + 2)),
                Integer.parseInt(digits.substring(dayAt, dayAt + 2)),
                Integer.parseInt(digits.substring(yearAt, yearAt + 2)));
    }

    static boolean isDate(int month, int day, int year) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        int days =
                switch (month) {
                    case 2 -> year % 4 == 0 ? 29 : 28;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return day <= days;
    }
}
