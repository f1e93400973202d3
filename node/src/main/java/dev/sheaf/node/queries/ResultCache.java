package dev.sheaf.node.queries;

import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.kernel.ByteSize;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.governance.GrantSource;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.query.QueryPart;
import dev.sheaf.query.QueryRequest;
import dev.sheaf.query.TableRead;
import dev.sheaf.query.TableResolver;
import dev.sheaf.query.TableResolver.AsOf;
import dev.sheaf.query.federation.RemoteCatalog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Results of statements over several regions, for the same caller's asking the same again soon.
///
/// A result counts while nothing has changed that made it: the releases that it read, the policies
/// here and at each home, and the caller's grants; and only while the knowledge of all that is
/// fresh. What cannot be known that way, as a policy that looks at the clock, is bounded by
/// [#AGE_MAX]. Rows stay in memory and are never written to a disk. For any thread.
public final class ResultCache {
    static final Duration AGE_MAX = Duration.ofSeconds(60);

    /// Knowledge of another region that is older does not count.
    static final Duration KNOWLEDGE_AGE_MAX = Duration.ofSeconds(3);

    static final ByteSize ENTRY_MAX = ByteSize.ofMebibytes(4);
    private static final ByteSize ALL_MAX = ByteSize.ofMebibytes(64);

    /// What may answer otherwise the next time, or read at a time. A word too many costs a result
    /// that is not kept.
    private static final Pattern CHANGEABLE =
            Pattern.compile(
                    "random|uuid|now|current|today|time|date|sample|nextval|setseed|version|explain"
                            + "|\\bat\\b|getvariable|pragma|shuffle",
                    Pattern.CASE_INSENSITIVE);

    /// Who asks what.
    private record Question(
            String sql,
            OptionalLong rowsMax,
            String subject,
            String issuer,
            Set<String> roles,
            Set<String> domains,
            String purpose) {}

    /// What a table was when it was read.
    ///
    /// @param policy in force at its home
    private record Source(TableRead read, long release, String policy) {}

    /// A result with what it depends on.
    ///
    /// @param rows an Arrow IPC stream
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Kept(
            byte[] rows,
            boolean truncated,
            List<TableRead> reads,
            List<QueryPart> parts,
            Basis basis) {}

    /// What a result rests on, as it was before the statement ran.
    ///
    /// @param until a grant begins or ends, or the result is too old
    record Basis(
            List<Source> sources,
            String policy,
            Map<String, List<GrantFacts>> grants,
            Instant until) {}

    private final TableResolver releases;
    private final RemoteCatalog catalog;
    private final GrantSource grants;
    private final Supplier<String> policy;
    private final Clock clock;
    private final LinkedHashMap<Question, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// @param policy revision of the policies in force here
    public ResultCache(
            TableResolver releases,
            RemoteCatalog catalog,
            GrantSource grants,
            Supplier<String> policy,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.grants = grants;
        this.policy = policy;
        this.clock = clock;
    }

    /// What a result of these reads would rest on; empty when it is not to be kept.
    Optional<Basis> basis(Principal caller, QueryRequest request, List<TableRead> reads) {
        if (request.isPartial()
                || CHANGEABLE.matcher(request.sql()).find()
                || reads.stream().allMatch(read -> read.region().isEmpty())) {
            return Optional.empty();
        }
        List<Source> sources = new ArrayList<>();
        Map<String, List<GrantFacts>> held = new LinkedHashMap<>();
        Instant now = clock.instant();
        Instant until = now.plus(AGE_MAX);
        for (TableRead read : reads) {
            Optional<Source> source = source(read);
            if (source.isEmpty()) {
                return Optional.empty();
            }
            sources.add(source.get());
            String product = read.product().toString();
            List<GrantFacts> facts = grants.of(Governance.subject(caller), product);
            held.put(product, facts);
            for (GrantFacts grant : facts) {
                until = earlier(until, grant.from(), now);
                until = earlier(until, grant.until(), now);
            }
        }
        return Optional.of(new Basis(sources, policy.get(), held, until));
    }

    void keep(Principal caller, QueryRequest request, Kept result) {
        if (result.rows().length > ENTRY_MAX.bytes()
                || result.parts().stream().anyMatch(part -> part.missing().isPresent())) {
            return;
        }
        synchronized (kept) {
            Kept before = kept.put(question(caller, request), result);
            bytes += result.rows().length - (before == null ? 0 : before.rows().length);
            Iterator<Kept> oldest = kept.values().iterator();
            while (bytes > ALL_MAX.bytes() && oldest.hasNext()) {
                bytes -= oldest.next().rows().length;
                oldest.remove();
            }
        }
    }

    /// The result of an earlier statement, if it would be the same now.
    Optional<Kept> find(Principal caller, QueryRequest request) {
        Question question = question(caller, request);
        Kept found;
        synchronized (kept) {
            found = kept.get(question);
        }
        if (found == null) {
            return Optional.empty();
        }
        if (isGood(caller, found.basis())) {
            return Optional.of(found);
        }
        synchronized (kept) {
            if (kept.remove(question, found)) {
                bytes -= found.rows().length;
            }
        }
        return Optional.empty();
    }

    /// Forgets all: rows of somebody who is erased, what policies allowed before.
    public void clear() {
        synchronized (kept) {
            kept.clear();
            bytes = 0;
        }
    }

    private boolean isGood(Principal caller, Basis basis) {
        if (!clock.instant().isBefore(basis.until()) || !policy.get().equals(basis.policy())) {
            return false;
        }
        for (Source source : basis.sources()) {
            String product = source.read().product().toString();
            if (!source(source.read()).equals(Optional.of(source))
                    || !grants.of(Governance.subject(caller), product)
                            .equals(basis.grants().get(product))) {
                return false;
            }
        }
        return true;
    }

    /// What the table is now; empty when it is gone or nobody knows well enough.
    private Optional<Source> source(TableRead read) {
        if (read.region().isEmpty()) {
            return releases.resolve(read.product(), new AsOf.Current())
                    .map(table -> new Source(read, table.release(), ""));
        }
        return catalog.find(read.product(), new AsOf.Current())
                .filter(known -> known.age().compareTo(KNOWLEDGE_AGE_MAX) <= 0)
                .map(known -> new Source(read, known.release(), known.policyRevision()));
    }

    private static Instant earlier(Instant until, Instant other, Instant now) {
        return other.isAfter(now) && other.isBefore(until) ? other : until;
    }

    private static Question question(Principal caller, QueryRequest request) {
        return new Question(
                request.sql().strip(),
                request.rowsMax(),
                caller.subject(),
                caller.issuer(),
                caller.roles(),
                caller.domains(),
                request.caller().purpose());
    }
}
