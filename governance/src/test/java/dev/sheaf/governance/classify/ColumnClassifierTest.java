package dev.sheaf.governance.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Columns: what name and values together say, and how sure.
final class ColumnClassifierTest {
    private static double confidence(String name, List<String> values, PersonalDataType type) {
        return ColumnClassifier.classify(name, values).stream()
                .filter(proposal -> proposal.type() == type)
                .mapToDouble(Proposal::confidence)
                .findFirst()
                .orElse(0);
    }

    private static List<String> numbers(int count, String format, long seed) {
        Random random = new Random(seed);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(
                    String.format(
                            Locale.ROOT, format, Math.abs(random.nextLong() % 100_000_000_000L)));
        }
        return numbers;
    }

    @Test
    void valuesWithCheckDigitsNeedNoName() {
        List<String> ibans = List.of("DE89370400440532013000", "GB29NWBK60161331926819");
        assertTrue(confidence("c7", ibans, PersonalDataType.IBAN) > 0.95);
        List<String> cards =
                List.of(
                        "4111111111111111",
                        "5555555555554444",
                        "378282246310005",
                        "6011111111111117");
        assertTrue(confidence("c7", cards, PersonalDataType.CREDIT_CARD) > 0.9);
        assertTrue(
                confidence(
                                "c7",
                                List.of("ann@example.com", "bob@example.org"),
                                PersonalDataType.EMAIL_ADDRESS)
                        > 0.9);
        assertTrue(
                confidence("c7", List.of("44051401359", "02070803628"), PersonalDataType.PL_PESEL)
                        > 0.8);
    }

    @Test
    void whatPassesByChanceIsNotProposed() {
        List<String> random = numbers(300, "%011d", 1);
        for (PersonalDataType type :
                List.of(
                        PersonalDataType.PL_PESEL,
                        PersonalDataType.BR_CPF,
                        PersonalDataType.DE_STEUER_ID,
                        PersonalDataType.NO_FODSELSNUMMER,
                        PersonalDataType.BE_RIJKSREGISTER,
                        PersonalDataType.AU_ABN,
                        PersonalDataType.CREDIT_CARD)) {
            assertEquals(0, confidence("order_number", random, type), type.toString());
        }
        List<String> nine = random.stream().map(text -> text.substring(2)).toList();
        assertEquals(List.of(), ColumnClassifier.classify("order_number", nine));
    }

    @Test
    void aNameAloneIsHalfAnArgumentAndValuesCanContradict() {
        assertEquals(0.5, confidence("email", List.of(), PersonalDataType.EMAIL_ADDRESS), 1e-9);
        List<String> flags = List.of("true", "false", "true", "true", "false", "true");
        assertEquals(0, confidence("email", flags, PersonalDataType.EMAIL_ADDRESS));
        assertTrue(
                confidence(
                                "email",
                                List.of("a@b.example", "c@d.example"),
                                PersonalDataType.EMAIL_ADDRESS)
                        > 0.95);
    }

    @Test
    void nineDigitsAreASocialSecurityNumberOnlyByName() {
        List<String> values = List.of("536904399", "219099999", "457555462");
        assertEquals(0, confidence("reference", values, PersonalDataType.US_SSN));
        assertTrue(confidence("customer_ssn", values, PersonalDataType.US_SSN) > 0.7);
    }

    @Test
    void namesAndAddressesAreFoundByTheirValues() {
        List<String> names =
                List.of("Mary Jones", "Jürgen Müller", "Anna Kowalska", "Pekka Virtanen", "Li Wei");
        assertTrue(confidence("c1", names, PersonalDataType.PERSON_NAME) > 0.7);
        List<String> cities = List.of("Berlin", "Paris", "Oslo", "Tampere", "Leeds", "Gdańsk");
        assertEquals(0, confidence("c1", cities, PersonalDataType.PERSON_NAME));
        List<String> streets =
                List.of("12 High Street", "Hauptstraße 5", "Rua do Ouro 12", "Via Roma 7");
        assertTrue(confidence("c1", streets, PersonalDataType.STREET_ADDRESS) > 0.7);
        assertEquals(
                0,
                confidence(
                        "product_name",
                        List.of("Blue chair", "Table"),
                        PersonalDataType.PERSON_NAME));
    }

    @Test
    void datesAreDatesOfBirthOnlyByName() {
        List<String> dates =
                List.of("1980-03-12", "1975-11-30", "2001-01-01", "1964-07-07", "1990-05-05");
        assertEquals(0, confidence("created_at", dates, PersonalDataType.DATE_OF_BIRTH));
        assertTrue(confidence("birthDate", dates, PersonalDataType.DATE_OF_BIRTH) > 0.8);
        assertTrue(confidence("Geburtsdatum", dates, PersonalDataType.DATE_OF_BIRTH) > 0.8);
    }

    @Test
    void textsAreLookedInto() {
        List<String> notes =
                List.of(
                        "customer asked for a refund of the order",
                        "please answer to ann@example.com by tomorrow",
                        "nothing to be done here at all",
                        "second mail came from bob@example.org this morning");
        Proposal proposal =
                ColumnClassifier.classify("notes", notes).stream()
                        .filter(item -> item.type() == PersonalDataType.EMAIL_ADDRESS)
                        .findFirst()
                        .orElseThrow();
        assertEquals(List.of("2 of 4 texts contain e-mail addresses"), proposal.evidence());
    }

    @Test
    void evidenceHasNoValues() {
        List<String> values = List.of("ann@example.com", "bob@example.org", "Secret Value");
        for (Proposal proposal : ColumnClassifier.classify("ann_email", values)) {
            String evidence = proposal.evidence().toString().toLowerCase(Locale.ROOT);
            assertFalse(evidence.contains("example") || evidence.contains("secret"), evidence);
            assertTrue(evidence.contains("2 of 3"), evidence);
        }
    }

    @Test
    void nothingComesOfNothing() {
        assertEquals(List.of(), ColumnClassifier.classify("", List.of()));
        assertEquals(List.of(), ColumnClassifier.classify("x", List.of("", " ", "\n")));
        assertEquals(List.of(), ColumnClassifier.classify("x", List.of("x".repeat(1_000_000))));
    }

    @ParameterizedTest
    @CsvSource({
        "customerEMail, EMAIL_ADDRESS",
        "E-Mail Address, EMAIL_ADDRESS",
        "phone_number_2, PHONE_NUMBER",
        "lastName, PERSON_NAME",
        "Vorname, PERSON_NAME",
        "prénom, PERSON_NAME",
        "billing_address_line1, STREET_ADDRESS",
        "Straße, STREET_ADDRESS",
        "clientIP, IP_ADDRESS",
        "creditCardNumber, CREDIT_CARD",
        "dob, DATE_OF_BIRTH",
        "passportNo, PASSPORT",
        "drivers_license, DRIVER_LICENCE",
        "SSN, US_SSN",
        "fødselsnummer, NO_FODSELSNUMMER"
    })
    void namesSayIt(String name, PersonalDataType type) {
        assertTrue(NameHints.of(name).contains(type), NameHints.normal(name));
    }

    @ParameterizedTest
    @CsvSource({
        "file_name", "hostname", "description", "shipment", "zip_ratio", "cardinality", "telemetry",
        "average", "page", "recipe", "emailed_flag_x", "mac_address", "single", "since"
    })
    void otherNamesSayNothing(String name) {
        assertEquals(List.of(), NameHints.of(name), NameHints.normal(name));
    }
}
