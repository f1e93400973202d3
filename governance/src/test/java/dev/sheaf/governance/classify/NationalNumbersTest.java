package dev.sheaf.governance.classify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers that issuers publish as examples, and the same with one character changed.
final class NationalNumbersTest {
    private static boolean matches(PersonalDataType type, String value) {
        return ValueForms.ALL.stream().anyMatch(form -> form.type() == type && form.matches(value));
    }

    @ParameterizedTest
    @CsvSource({
        "US_SSN, 536-90-4399, 666-90-4399",
        "US_SSN, 536904399, 900904399",
        "US_SSN, 536-90-4399, 536-00-4399",
        "UK_NINO, AB 12 34 56 C, BG 12 34 56 C",
        "UK_NINO, ab123456c, ab123456e",
        "UK_NHS, 943 476 5919, 943 476 5918",
        "ES_NIF, 12345678Z, 12345678A",
        "ES_NIE, X1234567L, Y1234567L",
        "IT_CODICE_FISCALE, RSSMRA85T10A562S, RSSMRA85T10A562T",
        "PL_PESEL, 44051401359, 44051401358",
        "FI_HETU, 131052-308T, 131052-308U",
        "DE_STEUER_ID, 86095742719, 86095742718",
        "DE_STEUER_ID, 47 036 892 816, 47 036 892 817",
        "FR_NIR, 2 55 08 14 168 025 38, 2 55 08 14 168 025 39",
        "NL_BSN, 111222333, 111222334",
        "SE_PERSONNUMMER, 811218-9876, 811218-9875",
        "SE_PERSONNUMMER, 19811218-9876, 19811318-9876",
        "DK_CPR, 211062-5629, 321062-5629",
        "NO_FODSELSNUMMER, 15076500565, 15076500566",
        "BE_RIJKSREGISTER, 85.07.30-033.28, 85.07.30-033.29",
        "CH_AHV, 756.9217.0769.85, 756.9217.0769.84",
        "AU_TFN, 123 456 782, 123 456 783",
        "AU_ABN, 51 824 753 556, 51 824 753 557",
        "IN_PAN, ABCPD1234F, ABCXD1234F",
        "IN_AADHAAR, 2341 2341 2346, 2341 2341 2347",
        "SG_NRIC, S1234567D, S1234567E",
        "BR_CPF, 529.982.247-25, 529.982.247-26",
        "CA_SIN, 130 692 544, 130 692 545",
        "ZA_ID, 8001015009087, 8001015009088",
        "KR_RRN, 900101-1234567, 901301-1234567",
        "BANK_ACCOUNT, 021000021, 021000022",
        "CREDIT_CARD, 4111 1111 1111 1111, 4111 1111 1111 1112",
        "CREDIT_CARD, 378282246310005, 378282246310006",
        "CREDIT_CARD, 5555-5555-5555-4444, 9555-5555-5555-4440",
        "IBAN, DE89 3704 0044 0532 0130 00, DE89 3704 0044 0532 0130 01",
        "IBAN, GB29NWBK60161331926819, XX29NWBK60161331926819",
        "IBAN, NO9386011117947, NO938601111794",
        "IP_ADDRESS, 192.168.0.1, 192.168.0.256",
        "IP_ADDRESS, 2001:db8::1, 2001:db8::1::2",
        "IP_ADDRESS, fe80:0:0:0:1:2:3:4, fe80:0:0:0:1:2:3",
        "EMAIL_ADDRESS, ann.o'neil+x@mail.example.co.uk, ann@localhost",
        "URL, https://example.com/a?b=c, https//example.com",
        "PASSPORT, P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<, P<UTOERIKSSON<ANNA"
    })
    void anExampleIsOneAndAChangedOneIsNot(PersonalDataType type, String valid, String changed) {
        assertTrue(matches(type, valid), valid);
        assertFalse(matches(type, changed), changed);
    }
}
