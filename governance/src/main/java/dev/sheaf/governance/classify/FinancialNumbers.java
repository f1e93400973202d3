package dev.sheaf.governance.classify;

import java.util.HashMap;
import java.util.Map;

/// Payment cards and international bank account numbers.
///
/// Source: ISO/IEC 7812 and the card schemes' published ranges; ISO 13616 and the SWIFT IBAN
/// registry for the lengths.
final class FinancialNumbers {
    private static final String IBAN_LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
                    + " DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27"
                    + " GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21"
                    + " LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15"
                    + " OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24"
                    + " SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";
    private static final Map<String, Integer> LENGTHS = lengths();

    private FinancialNumbers() {}

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : IBAN_LENGTHS.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.parseInt(entry.substring(2)));
        }
        return lengths;
    }

    /// How long an IBAN is that begins like this; 0 when no country's does.
    static int ibanLength(String capitals) {
        return LENGTHS.getOrDefault(capitals.substring(0, 2), 0);
    }

    /// @param capitals letters and digits without spaces, at least four
    static boolean isIban(String capitals) {
        return ibanLength(capitals) == capitals.length()
                && CheckDigits.mod97(capitals.substring(4) + capitals.substring(0, 4)) == 1;
    }

    /// @param digits 12 to 19
    static boolean isCard(String digits) {
        return isIssued(digits) && CheckDigits.luhn(digits);
    }

    private static boolean isIssued(String digits) {
        int two = Integer.parseInt(digits.substring(0, 2));
        int four = Integer.parseInt(digits.substring(0, 4));
        int length = digits.length();
        boolean isVisa = digits.charAt(0) == '4' && (length == 13 || length >= 16);
        boolean isMastercard =
                length == 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720));
        boolean isAmex = length == 15 && (two == 34 || two == 37);
        boolean isDiners =
                length >= 14
                        && (two == 36
                                || two == 38
                                || two == 39
                                || (four >= 3000 && four <= 3059)
                                || four / 10 == 309);
        boolean isDiscover =
                length >= 16
                        && (four == 6011 || two == 65 || (four / 10 >= 644 && four / 10 <= 649));
        boolean isJcb =
                (length >= 16 && four >= 3528 && four <= 3589)
                        || (length == 15 && (four == 2131 || four == 1800));
        boolean isMaestro = two == 50 || (two >= 56 && two <= 58) || two / 10 == 6 || four == 604;
        boolean isMir = length >= 16 && four >= 2200 && four <= 2204;
        boolean isRupay = length == 16 && (two == 81 || two == 82);
        return isVisa
                || isMastercard
                || isAmex
                || isDiners
                || isDiscover
                || isJcb
                || isMaestro
                || isMir
                || isRupay;
    }
}
