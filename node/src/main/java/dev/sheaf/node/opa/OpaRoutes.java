package dev.sheaf.node.opa;

import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.Inquiry;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.kernel.Problem;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.rego.engine.EvaluationFault;
import dev.sheaf.rego.syntax.Body;
import dev.sheaf.rego.syntax.Parser;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.syntax.RegoVersion;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.JsonValues;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// OPA's Data and Query API, as far as it reads, over the policies in force: whoever asks an OPA
/// can ask a node. What the node itself says (no token, too much at once) is in the node's words;
/// what becomes of the question is in OPA's.
public final class OpaRoutes {
    private static final String DATA = "/v1/data";
    private static final String QUERY = "/v1/query";
    private static final int QUERY_CHARACTERS_MAX = 100_000;
    private static final Map<String, String> NO_INPUT =
            Map.of(
                    "code", "api_usage_warning",
                    "message", "'input' key missing from the request");

    private final Decider decider;
    private final Inquiry inquiry;
    private final DecisionLog log;
    private final ByteSize inputMax;
    private final RandomGenerator random;
    private final Clock clock;

    /// @param labels of this node, for the decision log
    /// @param inputMax size of a body
    public OpaRoutes(
            Decider decider,
            Inquiry inquiry,
            Audit audit,
            Map<String, String> labels,
            ByteSize inputMax,
            RandomGenerator random,
            Clock clock) {
        this.decider = decider;
        this.inquiry = inquiry;
        this.log = new DecisionLog(audit, inquiry, labels);
        this.inputMax = inputMax;
        this.random = random;
        this.clock = clock;
    }

    public List<Route> routes() {
        Access query = Access.needs(Scope.POLICY_QUERY);
        return List.of(
                Route.of("GET", DATA, query, request -> data(request, fromParameter(request))),
                Route.of("POST", DATA, query, request -> data(request, fromBody(request))),
                Route.of(
                        "GET",
                        DATA + "/{+path}",
                        query,
                        request -> data(request, fromParameter(request))),
                Route.of(
                        "POST",
                        DATA + "/{+path}",
                        query,
                        request -> data(request, fromBody(request))),
                Route.of("GET", QUERY, query, this::queryOfParameter),
                Route.of("POST", QUERY, query, this::queryOfBody));
    }

    /// What came with a question.
    private sealed interface Given {
        /// @param members of a body; empty of a GET
        record Document(ObjectValue members, Optional<Value> input) implements Given {}

        record Refused(Reply reply) implements Given {}
    }

    private static Given fromParameter(Request request) {
        Optional<String> text = request.query("input");
        try {
            return new Given.Document(ObjectValue.EMPTY, text.map(JsonValues::parse));
        } catch (Problem problem) {
            return new Given.Refused(
                    OpaAnswers.malformed(
                            "parameter contains malformed input document: " + problem.message()));
        }
    }

    private Given fromBody(Request request) {
        byte[] bytes;
        try {
            bytes = request.wholeBody(inputMax);
        } catch (Problem problem) {
            return new Given.Refused(OpaAnswers.refused(problem));
        }
        if (bytes.length == 0) {
            return new Given.Document(ObjectValue.EMPTY, Optional.empty());
        }
        try {
            if (JsonValues.parse(new String(bytes, StandardCharsets.UTF_8))
                    instanceof ObjectValue members) {
                return new Given.Document(members, Optional.ofNullable(members.get("input")));
            }
            return new Given.Refused(
                    OpaAnswers.malformed("body contains malformed input document: no object"));
        } catch (Problem problem) {
            return new Given.Refused(
                    OpaAnswers.malformed(
                            "body contains malformed input document: " + problem.message()));
        }
    }

    private Reply data(Request request, Given given) {
        return switch (given) {
            case Given.Refused(Reply reply) -> reply;
            case Given.Document(ObjectValue members, Optional<Value> input) -> {
                boolean isBody = request.isMethod("POST");
                yield document(request, input, isBody && input.isEmpty());
            }
        };
    }

    private Reply document(Request request, Optional<Value> input, boolean isWarned) {
        Optional<PolicySet> policies = decider.inForce();
        if (policies.isEmpty()) {
            return OpaAnswers.unavailable();
        }
        List<String> path = path(request.rawPath());
        Instant now = clock.instant();
        String id = id();
        long began = System.nanoTime();
        Optional<Value> result = Optional.empty();
        Optional<EvaluationFault> fault = Optional.empty();
        try {
            result =
                    inquiry.document(
                            policies.get(), path, new Inquiry.About(input, isStrict(request), now));
        } catch (EvaluationFault e) {
            fault = Optional.of(e);
        }
        log.write(
                request,
                new DecisionLog.Entry(
                        id,
                        String.join("/", path),
                        "",
                        input,
                        result,
                        fault.map(e -> String.valueOf(e.getMessage())).orElse(""),
                        System.nanoTime() - began,
                        now),
                policies.get());
        if (fault.isPresent()) {
            return OpaAnswers.failed(fault.get());
        }
        Map<String, Object> answer = new TreeMap<>(Map.of("decision_id", id));
        result.ifPresent(value -> answer.put("result", JsonValues.toJson(value)));
        if (isWarned) {
            answer.put("warning", NO_INPUT);
        }
        return OpaAnswers.document(200, answer, isPretty(request));
    }

    private Reply queryOfParameter(Request request) {
        return query(request, request.query("q").orElse(""), Optional.empty());
    }

    private Reply queryOfBody(Request request) {
        return switch (fromBody(request)) {
            case Given.Refused(Reply reply) -> reply;
            case Given.Document(ObjectValue members, Optional<Value> input) ->
                    members.get("query") instanceof StringValue text
                            ? query(request, text.value(), input)
                            : query(request, "", input);
        };
    }

    private Reply query(Request request, String text, Optional<Value> input) {
        Optional<PolicySet> policies = decider.inForce();
        if (policies.isEmpty()) {
            return OpaAnswers.unavailable();
        }
        if (text.isBlank() || text.length() > QUERY_CHARACTERS_MAX) {
            return OpaAnswers.malformed("a query has 1 to " + QUERY_CHARACTERS_MAX + " characters");
        }
        Body body;
        try {
            body = Parser.query(text, RegoVersion.V1);
        } catch (PolicyFault wrong) {
            return OpaAnswers.wrong(wrong, "parsing");
        } catch (StackOverflowError e) {
            return OpaAnswers.malformed("the query is nested too deeply");
        }
        Instant now = clock.instant();
        long began = System.nanoTime();
        List<ObjectValue> found = List.of();
        Optional<EvaluationFault> fault = Optional.empty();
        try {
            found =
                    inquiry.results(
                            policies.get(), body, new Inquiry.About(input, isStrict(request), now));
        } catch (PolicyFault wrong) {
            return OpaAnswers.wrong(wrong, "compiling");
        } catch (EvaluationFault e) {
            fault = Optional.of(e);
        } catch (StackOverflowError e) {
            return OpaAnswers.malformed("the query is nested too deeply");
        }
        log.write(
                request,
                new DecisionLog.Entry(
                        id(),
                        "",
                        text,
                        input,
                        found.isEmpty() ? Optional.empty() : Optional.of(ArrayValue.of(found)),
                        fault.map(e -> String.valueOf(e.getMessage())).orElse(""),
                        System.nanoTime() - began,
                        now),
                policies.get());
        if (fault.isPresent()) {
            return OpaAnswers.failed(fault.get());
        }
        return OpaAnswers.document(
                200,
                found.isEmpty()
                        ? Map.of()
                        : Map.of("result", found.stream().map(JsonValues::toJson).toList()),
                isPretty(request));
    }

    private static List<String> path(String raw) {
        List<String> names = new ArrayList<>();
        for (String part : raw.substring(raw.indexOf(DATA) + DATA.length()).split("/", -1)) {
            if (!part.isEmpty()) {
                names.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    private static boolean isStrict(Request request) {
        return request.flag("strict-builtin-errors");
    }

    private static boolean isPretty(Request request) {
        return request.flag("pretty");
    }

    private String id() {
        long most = random.nextLong() & 0xffffffffffff0fffL | 0x4000L;
        long least = random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
        return new UUID(most, least).toString();
    }
}
