package dev.sheaf.governance.classify;

import com.google.re2j.Pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Every form that is looked for in whole values. The chances are estimates of how often a random
/// value of the same characters and length passes the check.
final class ValueForms {
    private static final Predicate<String> ANY = value -> true;

    static final List<ValueForm> NATIONAL = national();
    static final List<ValueForm> ALL = all();

    private ValueForms() {}

    private static List<ValueForm> national() {
        return List.of(
                ValueForm.of(
                        PersonalDataType.US_SSN,
                        "\\d{3}-\\d{2}-\\d{4}",
                        0.02,
                        NationalNumbers::isUsSsn),
                ValueForm.of(PersonalDataType.US_SSN, "\\d{9}", 0.88, NationalNumbers::isUsSsn),
                ValueForm.of(
                        PersonalDataType.UK_NINO,
                        "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]",
                        0.01,
                        NationalNumbers::isUkNino),
                ValueForm.of(
                        PersonalDataType.UK_NHS,
                        "\\d{3} \\d{3} \\d{4}",
                        0.05,
                        NationalNumbers::isUkNhs),
                ValueForm.of(PersonalDataType.UK_NHS, "\\d{10}", 0.09, NationalNumbers::isUkNhs),
                ValueForm.of(
                        PersonalDataType.ES_NIF, "\\d{8}[ -]?[A-Z]", 0.04, NationalNumbers::isNif),
                ValueForm.of(
                        PersonalDataType.ES_NIE,
                        "[XYZ][ -]?\\d{7}[ -]?[A-Z]",
                        0.04,
                        NationalNumbers::isNie),
                ValueForm.of(
                        PersonalDataType.IT_CODICE_FISCALE,
                        "[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
                        0.001,
                        NationalNumbers::isCodiceFiscale),
                ValueForm.of(PersonalDataType.PL_PESEL, "\\d{11}", 0.03, NationalNumbers::isPesel),
                ValueForm.of(PersonalDataType.FI_HETU, "\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]", 0.002, ANY)
                        .unseparated(NationalNumbers::isHetu),
                ValueForm.of(
                        PersonalDataType.DE_STEUER_ID,
                        "\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}",
                        0.02,
                        NationalNumbers::isSteuerId),
                ValueForm.of(
                        PersonalDataType.FR_NIR,
                        "[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3}"
                                + " ?\\d{2}",
                        0.003,
                        NationalNumbers::isNir),
                ValueForm.of(PersonalDataType.NL_BSN, "\\d{9}", 0.09, NationalNumbers::isBsn),
                ValueForm.of(
                        PersonalDataType.SE_PERSONNUMMER,
                        "(?:\\d{2})?\\d{6}[-+]\\d{4}",
                        0.02,
                        NationalNumbers::isPersonnummer),
                ValueForm.of(
                        PersonalDataType.SE_PERSONNUMMER,
                        "(?:19|20)?\\d{10}",
                        0.03,
                        NationalNumbers::isPersonnummer),
                ValueForm.of(PersonalDataType.DK_CPR, "\\d{6}-\\d{4}", 0.1, NationalNumbers::isCpr),
                ValueForm.of(
                        PersonalDataType.NO_FODSELSNUMMER,
                        "\\d{6} ?\\d{5}",
                        0.003,
                        NationalNumbers::isFodselsnummer),
                ValueForm.of(
                        PersonalDataType.BE_RIJKSREGISTER,
                        "\\d{2}\\.?\\d{2}\\.?\\d{2}-?\\d{3}\\.?\\d{2}",
                        0.015,
                        NationalNumbers::isRijksregister),
                ValueForm.of(
                        PersonalDataType.CH_AHV,
                        "756\\.?\\d{4}\\.?\\d{4}\\.?\\d{2}",
                        0.0002,
                        NationalNumbers::isAhv),
                ValueForm.of(
                        PersonalDataType.AU_TFN,
                        "\\d{3} ?\\d{3} ?\\d{3}",
                        0.09,
                        NationalNumbers::isTfn),
                ValueForm.of(
                        PersonalDataType.AU_ABN,
                        "\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}",
                        0.012,
                        NationalNumbers::isAbn),
                ValueForm.of(
                        PersonalDataType.IN_PAN, "[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]", 0.01, ANY),
                ValueForm.of(
                        PersonalDataType.IN_AADHAAR,
                        "[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}",
                        0.09,
                        NationalNumbers::isAadhaar),
                ValueForm.of(
                        PersonalDataType.SG_NRIC,
                        "[STFGM]\\d{7}[A-Z]",
                        0.02,
                        NationalNumbers::isNric),
                ValueForm.of(
                        PersonalDataType.BR_CPF,
                        "\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}",
                        0.01,
                        NationalNumbers::isCpf),
                ValueForm.of(
                        PersonalDataType.CA_SIN,
                        "\\d{3}[ -]?\\d{3}[ -]?\\d{3}",
                        0.09,
                        NationalNumbers::isSin),
                ValueForm.of(
                        PersonalDataType.ZA_ID, "\\d{10}[01]\\d{2}", 0.01, NationalNumbers::isZaId),
                ValueForm.of(
                        PersonalDataType.KR_RRN,
                        "\\d{6}-[1-8]\\d{6}",
                        0.02,
                        NationalNumbers::isRrn));
    }

    private static List<ValueForm> all() {
        List<ValueForm> all = new ArrayList<>(NATIONAL);
        all.add(
                new ValueForm(
                        PersonalDataType.EMAIL_ADDRESS, TextPatterns.EMAIL, false, ANY, 1e-4));
        all.add(new ValueForm(PersonalDataType.URL, TextPatterns.URL, false, ANY, 1e-3));
        all.add(
                new ValueForm(
                        PersonalDataType.IP_ADDRESS,
                        TextPatterns.IPV4,
                        false,
                        TextPatterns::isIpv4,
                        0.02));
        all.add(
                new ValueForm(
                        PersonalDataType.IP_ADDRESS,
                        TextPatterns.IPV6,
                        false,
                        TextPatterns::isIpv6,
                        0.001));
        all.add(
                ValueForm.of(
                        PersonalDataType.CREDIT_CARD,
                        "\\d{4}(?:[ -]?\\d{2,6}){2,4}",
                        0.04,
                        digits ->
                                digits.length() >= 12
                                        && digits.length() <= 19
                                        && FinancialNumbers.isCard(digits)));
        all.add(
                ValueForm.of(
                        PersonalDataType.IBAN,
                        "[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{1,4}){2,8}",
                        0.001,
                        FinancialNumbers::isIban));
        all.add(
                ValueForm.of(
                        PersonalDataType.BANK_ACCOUNT,
                        "\\d{9}",
                        0.03,
                        NationalNumbers::isRoutingNumber));
        all.add(
                new ValueForm(
                        PersonalDataType.PASSPORT,
                        Pattern.compile("P[A-Z<][A-Z]{3}[A-Z<]{39}"),
                        false,
                        value -> value.contains("<<"),
                        1e-4));
        all.add(
                ValueForm.of(
                        PersonalDataType.DRIVER_LICENCE,
                        "[A-Z9]{5}\\d[0156]\\d[0-3]\\d{2}[A-Z9]{2}[A-Z0-9]{3}",
                        0.005,
                        ANY));
        return List.copyOf(all);
    }
}
