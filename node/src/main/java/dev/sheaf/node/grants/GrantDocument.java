package dev.sheaf.node.grants;

import dev.sheaf.governance.grant.Grant;
import dev.sheaf.governance.grant.GrantDecision;
import dev.sheaf.governance.grant.GrantRequest;
import dev.sheaf.governance.grant.GrantSubject;
import dev.sheaf.governance.grant.GrantTerms;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Grants as documents of the type `mesh.grant`, and back.
final class GrantDocument {
    static final String TYPE = "mesh.grant";
    private static final String SIGNATURE = "signature";
    private static final Logger LOG = LoggerFactory.getLogger(GrantDocument.class);

    /// What lies outside cannot be counted in nanoseconds.
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private GrantDocument() {}

    /// Without decisions: they are added one by one.
    static ObjectNode of(GrantRequest request) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("product", request.product().toString());
        document.put("subject", request.subject().text());
        document.put("purpose", request.purpose());
        put(document, request.wanted());
        document.put("reason", request.reason());
        document.put("askedBy", request.askedBy());
        document.put("askedAt", request.askedAt().toString());
        document.putObject("decisions");
        return document;
    }

    /// With this region's signature.
    static ObjectNode of(String id, String key, GrantDecision decision, DecisionSeal seal) {
        ObjectNode document = of(decision);
        document.put(SIGNATURE, seal.sign(id, key, of(decision)));
        return document;
    }

    private static ObjectNode of(GrantDecision decision) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("kind", kind(decision));
        document.put("by", decision.by());
        document.put("at", decision.at().toString());
        document.put("reason", decision.reason());
        if (decision instanceof GrantDecision.Approval approval) {
            put(document, approval.terms());
        }
        return document;
    }

    private static String kind(GrantDecision decision) {
        return switch (decision) {
            case GrantDecision.Approval _ -> "approval";
            case GrantDecision.Denial _ -> "denial";
            case GrantDecision.Revocation _ -> "revocation";
        };
    }

    private static void put(ObjectNode document, GrantTerms terms) {
        document.put("from", terms.from().toString());
        document.put("until", terms.until().toString());
        document.put("clear", terms.isClear());
    }

    /// With the decisions that count.
    ///
    /// @throws Problem INVALID_VALUE for what is no grant, for example because another region
    ///   writes what this one does not know
    static Grant read(String id, JsonNode document, DecisionSeal seal) {
        GrantRequest request =
                new GrantRequest(
                        ProductName.parse(text(document, "product")),
                        GrantSubject.parse(text(document, "subject")),
                        text(document, "purpose"),
                        terms(document),
                        text(document, "reason"),
                        text(document, "askedBy"),
                        instant(document, "askedAt"));
        TreeMap<String, GrantDecision> decisions = new TreeMap<>();
        for (Map.Entry<String, JsonNode> decision : document.path("decisions").properties()) {
            String key = decision.getKey();
            Optional<String> fault = fault(id, key, request.product(), decision.getValue(), seal);
            if (fault.isEmpty()) {
                decisions.put(key, decision(decision.getValue()));
            } else {
                LOG.debug("the decision {} on {} does not count: {}", key, id, fault.get());
            }
        }
        return new Grant(id, request, decisions);
    }

    private static Optional<String> fault(
            String id, String key, ProductName product, JsonNode decision, DecisionSeal seal) {
        if (!(decision instanceof ObjectNode members)) {
            throw wrong("decisions", decision.toString(), null);
        }
        Optional<String> signature =
                members.has(SIGNATURE) ? Optional.of(text(members, SIGNATURE)) : Optional.empty();
        ObjectNode bare = members.deepCopy();
        bare.remove(SIGNATURE);
        return seal.fault(product, id, key, bare, signature);
    }

    private static GrantDecision decision(JsonNode document) {
        String kind = text(document, "kind");
        String by = text(document, "by");
        Instant at = instant(document, "at");
        String reason = text(document, "reason");
        return switch (kind) {
            case "approval" -> new GrantDecision.Approval(by, at, terms(document), reason);
            case "denial" -> new GrantDecision.Denial(by, at, reason);
            case "revocation" -> new GrantDecision.Revocation(by, at, reason);
            default -> throw wrong("kind", kind, null);
        };
    }

    private static GrantTerms terms(JsonNode document) {
        JsonNode clear = document.path("clear");
        if (!clear.isBoolean()) {
            throw wrong("clear", clear.toString(), null);
        }
        return new GrantTerms(
                instant(document, "from"), instant(document, "until"), clear.booleanValue());
    }

    private static String text(JsonNode document, String name) {
        JsonNode value = document.path(name);
        if (!value.isString()) {
            throw wrong(name, value.toString(), null);
        }
        return value.stringValue();
    }

    private static Instant instant(JsonNode document, String name) {
        String text = text(document, name);
        try {
            Instant instant = Instant.parse(text);
            if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
                throw wrong(name, text, null);
            }
            return instant;
        } catch (DateTimeException e) {
            throw wrong(name, text, e);
        }
    }

    private static Problem wrong(
            String name, String value, @org.jspecify.annotations.Nullable Exception cause) {
        return new Problem(
                ProblemCode.INVALID_VALUE,
                "a grant's " + name + " cannot be '" + value + "'",
                cause);
    }
}
