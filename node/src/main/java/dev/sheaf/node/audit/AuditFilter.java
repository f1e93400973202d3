package dev.sheaf.node.audit;

import dev.sheaf.governance.audit.AuditDecision;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.http.Request;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The conditions of a search, from a request's parameters. Those that may be given several times
/// hold when one of their values does.
final class AuditFilter {
    private static final int VALUES_MAX = 100;
    private static final List<String> LISTS = List.of("actor", "action", "resource", "decision");

    private AuditFilter() {}

    /// @throws Problem BAD_REQUEST
    static AuditQuery of(Request request) {
        return new AuditQuery(
                0,
                instant(request, "from"),
                instant(request, "until"),
                values(request, "actor"),
                values(request, "action"),
                values(request, "resource"),
                values(request, "decision").stream()
                        .map(AuditFilter::decision)
                        .collect(Collectors.toSet()),
                Set.of());
    }

    /// The same for the record.
    static Map<String, Object> facts(Request request) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (String name : LISTS) {
            if (!request.queries(name).isEmpty()) {
                facts.put(name, List.copyOf(request.queries(name)));
            }
        }
        request.query("from").ifPresent(text -> facts.put("from", text));
        request.query("until").ifPresent(text -> facts.put("until", text));
        return facts;
    }

    private static Set<String> values(Request request, String name) {
        Set<String> values = Set.copyOf(request.queries(name));
        if (values.size() > VALUES_MAX) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "parameter "
                            + name
                            + " has "
                            + values.size()
                            + " values; "
                            + VALUES_MAX
                            + " are allowed");
        }
        return values;
    }

    private static AuditDecision decision(String text) {
        try {
            return AuditDecision.parse(text);
        } catch (Problem e) {
            throw new Problem(ProblemCode.BAD_REQUEST, "parameter decision: " + e.message(), e);
        }
    }

    private static Optional<Instant> instant(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "parameter "
                            + name
                            + " is '"
                            + request.query(name).orElse("")
                            + "': write an instant as in 2026-11-26T18:00:00Z",
                    e);
        }
    }
}
