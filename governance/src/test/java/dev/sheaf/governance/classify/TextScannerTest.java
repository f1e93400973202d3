package dev.sheaf.governance.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;

/// Single texts: what is found in them, where, and what is not.
final class TextScannerTest {
    private static final long SLACK_NANOS = 500_000_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Write to ann@example.com, please.|EMAIL_ADDRESS|ann@example.com",
                "Call +49 (0)30 1234 567 now|PHONE_NUMBER|+49 (0)30 1234 567",
                "Call me at 415-555-2671 x12.|PHONE_NUMBER|415-555-2671 x12",
                "My SSN is 536-90-4399.|US_SSN|536-90-4399",
                "NINO: AB 12 34 56 C|UK_NINO|AB 12 34 56 C",
                "PESEL 44051401359|PL_PESEL|44051401359",
                "Hetu 131052-308T oli|FI_HETU|131052-308T",
                "card 4111-1111-1111-1111 expired|CREDIT_CARD|4111-1111-1111-1111",
                "pay to DE89 3704 0044 0532 0130 00 today|IBAN|DE89 3704 0044 0532 0130 00",
                "from 2001:db8::1 at noon|IP_ADDRESS|2001:db8::1",
                "blocked 10.20.30.40.|IP_ADDRESS|10.20.30.40",
                "see https://example.com/a(b).|URL|https://example.com/a(b",
                "She was born on 12 March 1980.|DATE_OF_BIRTH|12 March 1980",
                "DOB: 1980-03-12|DATE_OF_BIRTH|1980-03-12",
                "a 45-year-old patient|AGE|45",
                "Passport no. C01X00T47 expires|PASSPORT|C01X00T47",
                "driver's license D1234567|DRIVER_LICENCE|D1234567",
                "account number 12345678|BANK_ACCOUNT|12345678",
                "My name is Quintus Zzyx.|PERSON_NAME|Quintus Zzyx",
                "Mr. Zzyx called|PERSON_NAME|Zzyx",
                "we met Mary-Jane van der Berg there|PERSON_NAME|Mary-Jane van der Berg",
                "He lives at 221 Baker Street, London|STREET_ADDRESS|221 Baker Street, London",
                "Lieferung: Hauptstraße 5|STREET_ADDRESS|Hauptstraße 5",
                "P.O. Box 1234|STREET_ADDRESS|P.O. Box 1234"
            })
    void findsIt(String text, PersonalDataType type, String part) {
        List<PersonalDataSpan> found = TextScanner.scan(text);
        assertEquals(
                List.of(type + " " + part),
                found.stream()
                        .filter(span -> span.type() == type)
                        .map(span -> span.type() + " " + text.substring(span.start(), span.end()))
                        .toList(),
                found.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "The quick brown fox jumps over the lazy dog.",
                "Version 1.2.3.4.5 of 2024-01-02 11:12:13",
                "It costs $1,234,567.89 or 1.234.567,89 €",
                "Order 4111111111111112 was sent",
                "In 1984, 12 of 365 days",
                "at 10:20:30 we had 16% more",
                "ISBN-like 123-456",
                "Title VII of the Civil Rights Act",
                "std::vector and a::b",
                "I turned 5 pages"
            })
    void findsNothing(String text) {
        assertEquals(List.of(), TextScanner.scan(text), text);
    }

    @Test
    void spansDoNotOverlapAndStayInTheText() {
        Random random = new Random(5);
        String letters = "aA1 0.-@+(:/)\n'é\uD83D\uDE00,xN4";
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(120); length > 0; length--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            int last = 0;
            for (PersonalDataSpan span : TextScanner.scan(text.toString())) {
                assertTrue(span.start() >= last && span.end() <= text.length());
                last = span.end();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "1 ", "a@", "(1)", "A ", "Ann ", "1-", "::", "x.", "+1 ", "12:", "DE89",
                "http://"
            })
    void aLongTextTakesLinearTime(String part) {
        scanNanos(part, 10_000); // loads and warms up
        long some = scanNanos(part, 20_000);
        long more = scanNanos(part, 80_000);
        assertTrue(
                more < 8 * some + SLACK_NANOS,
                part + ": " + some + " ns, four times as much " + more + " ns");
    }

    /// Of this thread's processor time, which a busy machine changes little.
    private static long scanNanos(String part, int characters) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        String text = part.repeat(characters / part.length());
        long start = threads.getCurrentThreadCpuTime();
        TextScanner.scan(text);
        return threads.getCurrentThreadCpuTime() - start;
    }

    @Test
    void whatStandsFarDownIsFound() {
        String text = "lorem ipsum ".repeat(20_000) + "ann@example.com";
        List<PersonalDataSpan> found = TextScanner.scan(text);
        assertEquals(1, found.size());
        assertEquals(text.length(), found.getFirst().end());
        for (int shift = 65500; shift < 65540; shift += 3) {
            String across = "x".repeat(shift - 1) + " ann@example.com";
            assertEquals(
                    List.of(shift),
                    TextScanner.scan(across).stream().map(PersonalDataSpan::start).toList());
        }
    }
}
