package dev.sheaf.governance.classify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The scanner against the labelled texts of presidio-research (Microsoft, MIT licence).
///
/// A labelled span is found when at least half of its characters are in found spans of its type; a
/// found span is right when at least half of its characters are in labelled spans of that type.
/// Labels of types that are not looked for (places, organisations, job titles) are not counted; a
/// date of birth is right when it is labelled as a date. Ages are labelled in the large set only.
final class PresidioTest {
    private static final Map<String, PersonalDataType> TYPES =
            Map.ofEntries(
                    Map.entry("PERSON", PersonalDataType.PERSON_NAME),
                    Map.entry("STREET_ADDRESS", PersonalDataType.STREET_ADDRESS),
                    Map.entry("ADDRESS", PersonalDataType.STREET_ADDRESS),
                    Map.entry("CREDIT_CARD", PersonalDataType.CREDIT_CARD),
                    Map.entry("PHONE_NUMBER", PersonalDataType.PHONE_NUMBER),
                    Map.entry("EMAIL_ADDRESS", PersonalDataType.EMAIL_ADDRESS),
                    Map.entry("DOMAIN_NAME", PersonalDataType.URL),
                    Map.entry("IBAN_CODE", PersonalDataType.IBAN),
                    Map.entry("US_SSN", PersonalDataType.US_SSN),
                    Map.entry("IP_ADDRESS", PersonalDataType.IP_ADDRESS),
                    Map.entry("US_DRIVER_LICENSE", PersonalDataType.DRIVER_LICENCE),
                    Map.entry("AGE", PersonalDataType.AGE));

    private static final class Score {
        int labelled;
        int foundLabels;
        int found;
        int right;

        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }

        double recall() {
            return labelled == 0 ? 1 : (double) foundLabels / labelled;
        }
    }

    private record Label(PersonalDataType type, int start, int end) {}

    private static JsonNode texts(String name) throws IOException {
        Path file =
                Path.of(System.getProperty("sheaf.testdata", "testdata"))
                        .resolve("pii/presidio-research")
                        .resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "no test data at " + file);
        return JsonMapper.builder().build().readTree(Files.readString(file));
    }

    /// Positions in the labels count code points.
    private static int unit(String text, int codePoint) {
        return text.offsetByCodePoints(0, codePoint);
    }

    private static boolean isHalf(BitSet marked, int start, int end) {
        return marked.get(start, end).cardinality() * 2 >= end - start;
    }

    private static Map<PersonalDataType, Score> score(JsonNode texts) {
        Map<PersonalDataType, Score> scores = new EnumMap<>(PersonalDataType.class);
        for (JsonNode item : texts) {
            String text = item.get("full_text").stringValue();
            List<Label> labels = new ArrayList<>();
            Map<PersonalDataType, BitSet> labelled = new EnumMap<>(PersonalDataType.class);
            for (JsonNode span : item.get("spans")) {
                PersonalDataType type = TYPES.get(span.get("entity_type").stringValue());
                int start = unit(text, span.get("start_position").intValue());
                int end = unit(text, span.get("end_position").intValue());
                if (end > start && span.get("entity_type").stringValue().equals("DATE_TIME")) {
                    labelled.computeIfAbsent(PersonalDataType.DATE_OF_BIRTH, any -> new BitSet())
                            .set(start, end);
                }
                if (type != null && end > start) {
                    labels.add(new Label(type, start, end));
                    labelled.computeIfAbsent(type, any -> new BitSet()).set(start, end);
                }
            }
            Map<PersonalDataType, BitSet> found = new EnumMap<>(PersonalDataType.class);
            for (PersonalDataSpan span : TextScanner.scan(text)) {
                found.computeIfAbsent(span.type(), any -> new BitSet())
                        .set(span.start(), span.end());
                Score score = scores.computeIfAbsent(span.type(), any -> new Score());
                score.found++;
                if (isHalf(
                        labelled.getOrDefault(span.type(), new BitSet()),
                        span.start(),
                        span.end())) {
                    score.right++;
                }
            }
            for (Label label : labels) {
                Score score = scores.computeIfAbsent(label.type(), any -> new Score());
                score.labelled++;
                if (isHalf(
                        found.getOrDefault(label.type(), new BitSet()),
                        label.start(),
                        label.end())) {
                    score.foundLabels++;
                }
            }
        }
        return scores;
    }

    private static void print(String name, Map<PersonalDataType, Score> scores) {
        StringBuilder table = new StringBuilder(name).append('\n');
        table.append(
                String.format(
                        Locale.ROOT,
                        "%-18s %9s %7s %9s %7s%n",
                        "type",
                        "labelled",
                        "found",
                        "precision",
                        "recall"));
        scores.forEach((type, score) ->
                table.append(
                        String.format(
                                Locale.ROOT,
                                "%-18s %9d %7d %9.3f %7.3f%n",
                                type,
                                score.labelled,
                                score.found,
                                score.precision(),
                                score.recall())));
        System.out.print(table);
    }

    private static void assertAtLeast(
            Map<PersonalDataType, Score> scores,
            PersonalDataType type,
            double precision,
            double recall) {
        Score score = scores.getOrDefault(type, new Score());
        assertTrue(
                score.precision() >= precision,
                type + ": precision " + score.precision() + " is below " + precision);
        assertTrue(
                score.recall() >= recall,
                type + ": recall " + score.recall() + " is below " + recall);
    }

    @Test
    void personalDataInTextsIsFound() throws IOException {
        Map<PersonalDataType, Score> scores = score(texts("synth_dataset_v2.json"));
        print("synth_dataset_v2", scores);
        assertAtLeast(scores, PersonalDataType.EMAIL_ADDRESS, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.PHONE_NUMBER, 0.97, 0.96);
        assertAtLeast(scores, PersonalDataType.PERSON_NAME, 0.94, 0.75);
        assertAtLeast(scores, PersonalDataType.STREET_ADDRESS, 0.96, 0.81);
        assertAtLeast(scores, PersonalDataType.DATE_OF_BIRTH, 0.95, 0);
        assertAtLeast(scores, PersonalDataType.AGE, 0.97, 0.97);
        assertAtLeast(scores, PersonalDataType.URL, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.IP_ADDRESS, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.CREDIT_CARD, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.IBAN, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.US_SSN, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.DRIVER_LICENCE, 0.99, 0.99);
    }

    @Test
    void personalDataInTheSmallSetIsFound() throws IOException {
        Map<PersonalDataType, Score> scores = score(texts("generated_small.json"));
        print("generated_small", scores);
        assertAtLeast(scores, PersonalDataType.PERSON_NAME, 0.95, 0.75);
        assertAtLeast(scores, PersonalDataType.STREET_ADDRESS, 0.95, 0.58);
        assertAtLeast(scores, PersonalDataType.PHONE_NUMBER, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.CREDIT_CARD, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.EMAIL_ADDRESS, 0.99, 0.99);
        assertAtLeast(scores, PersonalDataType.US_SSN, 0.99, 0.99);
    }
}
