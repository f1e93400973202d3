package dev.sheaf.node.context;

import dev.sheaf.context.Lane;
import dev.sheaf.context.runtime.Change;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.WriteRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Request;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What surrounds a write, from the request's headers.
///
/// @param ifMatch the version that has to be there; empty text for none at all
record WriteHeaders(
        String eventId,
        Optional<String> schemaVersion,
        Optional<Lane> lane,
        long ttlSeconds,
        String compactionKey,
        String author,
        Optional<String> ifMatch) {
    private static final int EVENT_ID_CHARACTERS_MAX = 200;
    private static final Pattern ENTITY_TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");

    /// @throws Problem INVALID_VALUE, BAD_REQUEST
    static WriteHeaders of(Request request) {
        return new WriteHeaders(
                eventId(request.header("Sheaf-Event-Id")),
                request.header("Sheaf-Schema-Version").filter(text -> !text.isBlank()),
                request.header("Sheaf-Priority").map(WriteHeaders::lane),
                request.header("Sheaf-Ttl").map(WriteHeaders::seconds).orElse(0L),
                request.header("Sheaf-Compaction-Key").orElse(""),
                request.caller().subject(),
                condition(request.header("If-Match"), request.header("If-None-Match")));
    }

    /// The same with another condition.
    WriteHeaders withCondition(Optional<String> version) {
        return new WriteHeaders(
                eventId, schemaVersion, lane, ttlSeconds, compactionKey, author, version);
    }

    /// Whether it is written only where there is no document.
    boolean onlyNew() {
        return ifMatch.map(String::isEmpty).orElse(false);
    }

    WriteRequest request(DocumentKey key, Change change) {
        return request(key, change, ifMatch);
    }

    WriteRequest request(DocumentKey key, Change change, Optional<String> condition) {
        return new WriteRequest(
                key,
                change,
                eventId,
                schemaVersion,
                lane,
                ttlSeconds,
                compactionKey,
                author,
                condition);
    }

    /// The id as given, or a new one.
    static String eventId(Optional<String> given) {
        String id = given.orElseGet(() -> UUID.randomUUID().toString());
        boolean plain = id.codePoints().noneMatch(Character::isISOControl);
        if (id.isBlank() || id.length() > EVENT_ID_CHARACTERS_MAX || !plain) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "an event's id has 1 to "
                            + EVENT_ID_CHARACTERS_MAX
                            + " characters, none of them a control character; this has "
                            + id.length());
        }
        return id;
    }

    private static Lane lane(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "CRITICAL", "HIGH" -> Lane.CRITICAL;
            case "IMPORTANT", "NORMAL", "MEDIUM" -> Lane.IMPORTANT;
            case "BACKGROUND", "LOW" -> Lane.BACKGROUND;
            default ->
                    throw new Problem(
                            ProblemCode.INVALID_VALUE,
                            "Sheaf-Priority is none of critical, high, important, normal, medium,"
                                    + " background, low");
        };
    }

    private static long seconds(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        Duration ttl = Durations.parse("Sheaf-Ttl", text);
        return Math.max(ttl.toSeconds(), ttl.isZero() ? 0 : 1);
    }

    private static Optional<String> condition(
            Optional<String> ifMatch, Optional<String> ifNoneMatch) {
        if (ifMatch.isPresent() && ifNoneMatch.isPresent()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "If-Match and If-None-Match exclude each other; send one of them");
        }
        if (ifNoneMatch.isPresent()) {
            if (!ifNoneMatch.get().strip().equals("*")) {
                throw new Problem(
                        ProblemCode.BAD_REQUEST,
                        "If-None-Match of a write is '*': only where there is no document");
            }
            return Optional.of("");
        }
        return ifMatch.map(WriteHeaders::version);
    }

    /// The version in an entity tag.
    static String version(String tag) {
        Matcher matcher = ENTITY_TAG.matcher(tag.strip());
        if (!matcher.matches() || matcher.group(1).isEmpty()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "a condition names one version as ETag gave it, in quotes");
        }
        return matcher.group(1);
    }
}
