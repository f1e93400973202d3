package dev.sheaf.schemas.json;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// The reader's keywords for numbers and strings against what was written.
final class Scalars {
    boolean number(Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = true;
        Optional<Bound> lower = Keywords.lower(reader);
        if (lower.isPresent()
                && !written.lower().map(bound -> lower.get().allowsBelow(bound)).orElse(false)) {
            isCovered =
                    findings.add(
                            path,
                            "MINIMUM_INCREASED",
                            limit("at least", lower.get(), written.lower(), "no minimum"));
        }
        Optional<Bound> upper = Keywords.upper(reader);
        if (upper.isPresent()
                && !written.upper().map(bound -> upper.get().allowsAbove(bound)).orElse(false)) {
            isCovered =
                    findings.add(
                            path,
                            "MAXIMUM_DECREASED",
                            limit("at most", upper.get(), written.upper(), "no maximum"));
        }
        Optional<BigDecimal> step = Keywords.number(reader, "multipleOf");
        if (step.isPresent() && !isStep(step.get(), written)) {
            isCovered =
                    findings.add(
                            path,
                            "MULTIPLE_CHANGED",
                            "the reader allows multiples of "
                                    + step.get()
                                    + " only, others may be written");
        }
        return isCovered & format(reader, written, path, findings);
    }

    private static boolean isStep(BigDecimal step, Alternative written) {
        if (written.type() == JsonType.INTEGER && Numbers.isMultiple(BigDecimal.ONE, step)) {
            return true;
        }
        return written.all().stream()
                .map(place -> Keywords.number(place, "multipleOf"))
                .flatMap(Optional::stream)
                .anyMatch(each -> Numbers.isMultiple(each, step));
    }

    boolean string(Place reader, Alternative written, String path, Findings findings) {
        boolean isCovered = counts(reader, written, path, findings, "minLength", "maxLength");
        JsonNode pattern = reader.get("pattern");
        if (pattern.isString() && !written.has("pattern", pattern)) {
            isCovered =
                    findings.add(
                            path,
                            "PATTERN_CHANGED",
                            "the reader allows text of the pattern "
                                    + pattern
                                    + " only, and nothing says that what is written keeps to it");
        }
        for (String keyword : List.of("contentEncoding", "contentMediaType")) {
            if (reader.has(keyword) && !written.has(keyword, reader.get(keyword))) {
                isCovered =
                        findings.add(
                                path,
                                "CONTENT_CHANGED",
                                "the reader expects "
                                        + keyword
                                        + " "
                                        + reader.get(keyword)
                                        + ", the writer does not say so");
            }
        }
        return isCovered & format(reader, written, path, findings);
    }

    private static boolean format(
            Place reader, Alternative written, String path, Findings findings) {
        JsonNode format = reader.get("format");
        return !format.isString()
                || written.has("format", format)
                || findings.add(
                        path,
                        "FORMAT_CHANGED",
                        "the reader expects the format " + format + ", the writer does not say so");
    }

    /// Lengths and numbers of elements or members.
    static boolean counts(
            Place reader,
            Alternative written,
            String path,
            Findings findings,
            String min,
            String max) {
        boolean isCovered = true;
        Optional<BigDecimal> least = Keywords.number(reader, min);
        BigDecimal writtenLeast = written.atLeast(min).orElse(BigDecimal.ZERO);
        if (least.isPresent() && least.get().compareTo(writtenLeast) > 0) {
            isCovered =
                    findings.add(
                            path,
                            "MINIMUM_INCREASED",
                            "the reader's "
                                    + min
                                    + " is "
                                    + least.get()
                                    + ", the writer's "
                                    + writtenLeast);
        }
        Optional<BigDecimal> most = Keywords.number(reader, max);
        Optional<BigDecimal> writtenMost = written.atMost(max);
        if (most.isPresent()
                && !writtenMost.map(number -> most.get().compareTo(number) >= 0).orElse(false)) {
            isCovered =
                    findings.add(
                            path,
                            "MAXIMUM_DECREASED",
                            "the reader's "
                                    + max
                                    + " is "
                                    + most.get()
                                    + ", the writer's "
                                    + writtenMost.map(BigDecimal::toString).orElse("not limited"));
        }
        return isCovered;
    }

    private static String limit(
            String what, Bound reader, Optional<Bound> written, String otherwise) {
        return "the reader allows "
                + what
                + " "
                + reader
                + ", the writer's limit is "
                + written.map(Bound::toString).orElse(otherwise);
    }
}
