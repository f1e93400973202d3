package dev.sheaf.lineage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/// Times as producers write them: RFC 3339, with up to nine digits of a second; those without a
/// zone are taken as UTC.
///
/// @param isZoned whether the text names its zone
record EventTime(Instant instant, boolean isZoned) {
    /// Before it, and after it, no clock of a producer has ever been.
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HHmm", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendLiteral('[')
                    .parseCaseSensitive()
                    .appendZoneRegionId()
                    .appendLiteral(']')
                    .optionalEnd()
                    .toFormatter(java.util.Locale.ROOT);

    /// Empty for what is no time.
    static Optional<EventTime> of(String text) {
        try {
            TemporalAccessor parsed =
                    FORM.parseBest(
                            text.strip(),
                            OffsetDateTime::from,
                            LocalDateTime::from,
                            LocalDate::from);
            EventTime time =
                    switch (parsed) {
                        case OffsetDateTime zoned -> new EventTime(zoned.toInstant(), true);
                        case LocalDateTime local ->
                                new EventTime(local.toInstant(ZoneOffset.UTC), false);
                        default ->
                                new EventTime(
                                        LocalDate.from(parsed)
                                                .atStartOfDay()
                                                .toInstant(ZoneOffset.UTC),
                                        false);
                    };
            boolean isKnown = !time.instant.isBefore(FIRST) && !time.instant.isAfter(END);
            return isKnown ? Optional.of(time) : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
