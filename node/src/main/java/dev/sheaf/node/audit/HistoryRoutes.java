package dev.sheaf.node.audit;

import dev.sheaf.client.AuditAccess;
import dev.sheaf.client.AuditHistory;
import dev.sheaf.client.AuditHistoryRequest;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.governance.audit.AuditEntry;
import dev.sheaf.governance.audit.AuditQuery;
import dev.sheaf.governance.audit.SubjectKeys;
import dev.sheaf.governance.audit.store.AuditBackCursor;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.node.http.Access;
import dev.sheaf.node.http.Reply;
import dev.sheaf.node.http.Request;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.queries.SubjectProducts;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who saw a person's data: entries that name the person, and those about products whose current
/// release has rows of the person. Auditors see all; others, what is of the domains their token
/// covers. The question is a line of the log itself, and names the person as the log does.
public final class HistoryRoutes {
    private static final int ACCESSES_DEFAULT = 100;
    private static final int ACCESSES_MAX = 1000;
    private static final String PRODUCT_READ = "query.read";
    private static final String OF_DOCUMENT = "document";
    private static final String OF_PRODUCT = "product";

    private final AuditTrail trail;
    private final ContextService contexts;
    private final SubjectProducts products;
    private final Audit audit;

    public HistoryRoutes(
            AuditTrail trail, ContextService contexts, SubjectProducts products, Audit audit) {
        this.trail = trail;
        this.contexts = contexts;
        this.products = products;
        this.audit = audit;
    }

    public List<Route> routes() {
        return List.of(
                Route.of(
                        "POST",
                        "/api/v1/audit/history",
                        Access.needs(Scope.AUDIT_READ),
                        this::history));
    }

    private Reply history(Request request) {
        AuditHistoryRequest wanted = request.json(AuditHistoryRequest.class);
        String subject = wanted.subject();
        if (subject.isBlank()) {
            throw new Problem(ProblemCode.BAD_REQUEST, "the history names no subject");
        }
        int limit = wanted.limit().orElse(ACCESSES_DEFAULT);
        if (limit < 1 || limit > ACCESSES_MAX) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "limit is " + limit + ": write a number from 1 to " + ACCESSES_MAX);
        }
        AuditPlace place = AuditPlace.of(wanted.cursor(), true);
        long before = Math.min(place.sequence(), trail.log().size());
        Optional<SubjectKeys> keys = trail.subjects().find(subject);
        boolean mayAsk = wanted.within().map(name -> sees(request.caller(), name)).orElse(true);
        audit.record(
                request.id(),
                request.caller(),
                "audit.history",
                wanted.within().orElse("*"),
                mayAsk ? Audit.Outcome.ALLOWED : Audit.Outcome.DENIED,
                Map.of(),
                keys.isPresent() ? List.of(subject) : List.of());
        if (!mayAsk) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no context type and no product '"
                            + wanted.within().orElse("")
                            + "' whose history you may see");
        }
        SubjectProducts.Found found =
                products.of(
                        subject,
                        name ->
                                wanted.within().map(name.toString()::equals).orElse(true)
                                        && sees(request.caller(), name));
        Predicate<AuditEntry> isShown =
                entry ->
                        wanted.within().map(name -> isWithin(entry, name)).orElse(true)
                                && sees(request.caller(), entry);
        List<AuditAccess> accesses =
                Stream.concat(
                                documents(keys, subject, isShown, before, limit + 1).stream(),
                                reads(found.products(), before, limit + 1).stream())
                        .sorted(Comparator.comparingLong(AuditAccess::seq).reversed())
                        .toList();
        Optional<String> next =
                accesses.size() > limit
                        ? Optional.of(
                                new AuditPlace(true, accesses.get(limit - 1).seq()).toString())
                        : Optional.empty();
        return Reply.json(
                new AuditHistory(
                        keys.isPresent(),
                        accesses.stream().limit(limit).toList(),
                        found.products().stream().map(ProductName::toString).toList(),
                        found.skipped(),
                        next));
    }

    private List<AuditAccess> documents(
            Optional<SubjectKeys> keys,
            String subject,
            Predicate<AuditEntry> isShown,
            long before,
            int max) {
        return keys.map(known ->
                        found(
                                AuditQuery.ALL.withSubjects(known.pseudonyms(subject)),
                                isShown,
                                before,
                                max,
                                OF_DOCUMENT))
                .orElse(List.of());
    }

    private List<AuditAccess> reads(List<ProductName> of, long before, int max) {
        if (of.isEmpty()) {
            return List.of();
        }
        Set<String> names = of.stream().map(ProductName::toString).collect(Collectors.toSet());
        return found(
                AuditQuery.ALL.withActions(Set.of(PRODUCT_READ)).withResources(names),
                entry -> true,
                before,
                max,
                OF_PRODUCT);
    }

    private List<AuditAccess> found(
            AuditQuery query, Predicate<AuditEntry> isShown, long before, int max, String match) {
        List<AuditAccess> accesses = new ArrayList<>();
        try (AuditBackCursor cursor = trail.log().searchBackwards(query, before)) {
            for (Optional<AuditEntry> next = cursor.next();
                    next.isPresent();
                    next = accesses.size() < max ? cursor.next() : Optional.empty()) {
                if (isShown.test(next.get())) {
                    accesses.add(access(next.get(), match));
                }
            }
        }
        return accesses;
    }

    private static AuditAccess access(AuditEntry entry, String match) {
        ObjectValue details = entry.event().details();
        return new AuditAccess(
                entry.sequence(),
                entry.event().time(),
                entry.event().actor(),
                entry.event().action(),
                entry.event().resource(),
                details.get("purpose") instanceof StringValue text ? text.value() : "",
                entry.event().decision().text(),
                names(details, "masked"),
                match);
    }

    private static String text(Value value) {
        return value instanceof StringValue text ? text.value() : value.toString();
    }

    private static boolean isWithin(AuditEntry entry, String name) {
        return placesOf(entry).anyMatch(name::equals);
    }

    /// Types or products: of a batch all that it touched.
    private static Stream<String> placesOf(AuditEntry entry) {
        return Stream.concat(
                Stream.of(typeOf(entry.event().resource())),
                names(entry.event().details(), "types").stream());
    }

    private static List<String> names(ObjectValue details, String member) {
        return details.get(member) instanceof ArrayValue names
                ? names.items().stream().map(HistoryRoutes::text).toList()
                : List.of();
    }

    /// Documents are `type/id`.
    private static String typeOf(String resource) {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    private boolean sees(Principal caller, AuditEntry entry) {
        return AuditSight.isAuditor(caller) || sees(caller, typeOf(entry.event().resource()));
    }

    private boolean sees(Principal caller, ProductName product) {
        return AuditSight.isAuditor(caller) || caller.covers(product.domain());
    }

    /// Whether it is a type or a product of a domain whose history the caller may see.
    private boolean sees(Principal caller, String name) {
        boolean isType =
                contexts.type(name)
                        .filter(type ->
                                AuditSight.isAuditor(caller)
                                        || caller.covers(new DomainName(type.domain())))
                        .isPresent();
        return isType || isProductOf(caller, name);
    }

    private boolean isProductOf(Principal caller, String name) {
        return products.find(name).filter(product -> sees(caller, product)).isPresent();
    }
}
