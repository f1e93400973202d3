package dev.sheaf.node.context;

import dev.sheaf.client.ProblemBody;
import dev.sheaf.client.UriText;
import dev.sheaf.client.Wire;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.context.runtime.DocumentKey;
import dev.sheaf.context.runtime.Read;
import dev.sheaf.context.runtime.ReadRequest;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads of one document, with their bounds and what is told beside the document.
final class DocumentReads {
    private static final Duration PATIENCE_DEFAULT = Duration.ofSeconds(1);
    private static final Duration PATIENCE_MAX = Duration.ofSeconds(60);
    private static final Duration STALENESS_MAX = Duration.ofDays(36_500);

    /// Whatever is here will do, even if another region was never heard of.
    static final Duration ANY_STALENESS = Duration.ofNanos(Long.MAX_VALUE);

    private static final List<String> PASSED_ON =
            List.of("maxStaleness", "patience", "token", "version", "purpose");

    private final ContextService service;
    private final RegionAddresses regions;
    private final MaskedDocuments documents;

    DocumentReads(ContextService service, RegionAddresses regions, MaskedDocuments documents) {
        this.service = service;
        this.regions = regions;
        this.documents = documents;
    }

    Reply read(Request request, DocumentKey key, Verdict.View view) {
        boolean redirect = request.flag("redirect");
        ReadWait wait = new ReadWait(request.span());
        ReadRequest wanted =
                new ReadRequest(
                        key,
                        request.query("maxStaleness").map(DocumentReads::staleness),
                        request.query("token").filter(text -> !text.isEmpty()),
                        request.query("patience")
                                .map(text -> Durations.parse("patience", text, PATIENCE_MAX))
                                .orElse(PATIENCE_DEFAULT),
                        request.query("version").filter(text -> !text.isEmpty()),
                        wait);
        MaskedDocuments.requireNewest(view, wanted.schemaVersion());
        try {
            return switch (read(wanted, wait)) {
                case Read.Found found -> found(request, found, view.masks());
                case Read.Absent absent -> absent(request, key, absent);
            };
        } catch (Problem stale) {
            return (redirect ? fresher(request, key, stale) : Optional.<Reply>empty())
                    .orElseThrow(() -> stale);
        }
    }

    private Read read(ReadRequest wanted, ReadWait wait) {
        try (wait) {
            try {
                return service.read(wanted);
            } catch (Problem problem) {
                wait.failed(problem);
                throw problem;
            }
        }
    }

    private static Duration staleness(String text) {
        return text.equals("any")
                ? ANY_STALENESS
                : Durations.parse("maxStaleness", text, STALENESS_MAX);
    }

    /// The same read at a region that is fresh enough, if it and its address are known. There it is
    /// answered or refused, never redirected again.
    private Optional<Reply> fresher(Request request, DocumentKey key, Problem stale) {
        if (stale.code() != ProblemCode.STALE
                || !(stale.details().get("freshRegion") instanceof String region)) {
            return Optional.empty();
        }
        return regions.of(region)
                .map(address ->
                        new Reply.Empty(307, Map.of("Location", at(address, request, key))));
    }

    private static String at(URI address, Request request, DocumentKey key) {
        String base = address.toString().replaceAll("/+$", "");
        UriText path =
                new UriText(
                        base
                                + "/api/v1/contexts/"
                                + UriText.segment(key.type())
                                + "/"
                                + UriText.segment(key.id()));
        for (String name : PASSED_ON) {
            request.query(name).ifPresent(value -> path.query(name, value));
        }
        return path.toString();
    }

    private Reply found(Request request, Read.Found found, FieldMasks masks) {
        Map<String, String> headers = freshness(found);
        JsonNode shown = documents.document(masks, found.value());
        String version = MaskedDocuments.version(masks, shown, found.version());
        headers.put("ETag", tag(version));
        headers.put("Sheaf-Schema-Version", found.schemaVersion());
        headers.put("Sheaf-Conflicts", Integer.toString(found.conflicts()));
        if (!found.redacted().isEmpty()) {
            headers.put("Sheaf-Redacted", pointers(found.redacted()));
        }
        headers.putAll(masked(masks));
        found.expiresAt().ifPresent(end -> headers.put("Sheaf-Expires-At", end.toString()));
        boolean known =
                request.header("If-None-Match")
                        .map(tag -> WriteHeaders.version(tag).equals(version))
                        .orElse(false);
        return known
                ? new Reply.Empty(304, headers)
                : new Reply.Bytes(
                        200, MediaTypes.JSON, Wire.json().writeValueAsBytes(shown), headers);
    }

    /// Which fields are not shown as they are.
    static Map<String, String> masked(FieldMasks masks) {
        return masks.isNone() ? Map.of() : Map.of("Sheaf-Masked", pointers(masks.pointers()));
    }

    private static Reply absent(Request request, DocumentKey key, Read.Absent absent) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("token", absent.token());
        Duration staleness = absent.freshness().staleness();
        if (Durations.isKnown(staleness)) {
            facts.put("measuredStalenessMs", Durations.wholeMillis(staleness));
        }
        Problem problem =
                new Problem(
                        ProblemCode.NOT_FOUND,
                        "there is no document of this id of the type '" + key.type() + "' here",
                        facts,
                        null);
        return new Reply.Bytes(
                404,
                ProblemBody.MEDIA_TYPE,
                Wire.json().writeValueAsBytes(ProblemBody.of(problem, request.id())),
                freshness(absent));
    }

    private static Map<String, String> freshness(Read read) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Sheaf-Context-Token", read.token());
        headers.put("Sheaf-Staleness-Ms", Durations.millis(read.freshness().staleness()));
        return headers;
    }

    private static String pointers(List<String> pointers) {
        return pointers.stream()
                .map(pointer ->
                        URLEncoder.encode(pointer, StandardCharsets.UTF_8)
                                .replace("+", "%20")
                                .replace("%2F", "/")
                                .replace("%7E", "~"))
                .collect(Collectors.joining(", "));
    }

    static String tag(String version) {
        return '"' + version + '"';
    }
}
