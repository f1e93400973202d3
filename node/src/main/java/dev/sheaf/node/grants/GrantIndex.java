package dev.sheaf.node.grants;

import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.Subject;
import dev.sheaf.governance.grant.Grant;
import dev.sheaf.governance.grant.GrantSubject;
import dev.sheaf.node.governance.GrantSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The grants that this node knows, in memory; none until [ContextGrants#open]. For any thread;
/// whoever reads waits for nobody.
///
/// Copies of a grant are joined, so it does not matter in which order they come.
public final class GrantIndex implements GrantSource {
    /// Who holds it, for which product.
    private record Key(GrantSubject subject, String product) {
        static Key of(Grant grant) {
            return new Key(grant.request().subject(), grant.request().product().toString());
        }
    }

    private final Map<String, Grant> byId = new ConcurrentHashMap<>();

    /// What policy sees of them, by id; of some that is nothing. It is replaced, never changed.
    private final Map<Key, Map<String, Optional<GrantFacts>>> byHolder = new ConcurrentHashMap<>();

    private final AtomicLong changes = new AtomicLong();

    /// How often they have changed so far.
    public long changes() {
        return changes.get();
    }

    @Override
    public List<GrantFacts> of(Subject caller, String resource) {
        if (byHolder.isEmpty()) {
            return List.of();
        }
        List<GrantFacts> facts = new ArrayList<>();
        for (GrantSubject holder : GrantSubject.of(caller)) {
            for (Optional<GrantFacts> grant :
                    byHolder.getOrDefault(new Key(holder, resource), Map.of()).values()) {
                grant.ifPresent(facts::add);
            }
        }
        return facts;
    }

    /// Everybody who holds a grant, or did, with nothing but what that says of them; for a team,
    /// somebody who is of it.
    public List<Subject> holders() {
        return byHolder.keySet().stream()
                .map(Key::subject)
                .distinct()
                .map(GrantIndex::holder)
                .toList();
    }

    private static Subject holder(GrantSubject holder) {
        return switch (holder) {
            case GrantSubject.User user ->
                    new Subject(user.id(), "user", Set.of(), Set.of(), Set.of());
            case GrantSubject.Team team ->
                    new Subject(
                            team.text(),
                            "user",
                            Set.of(team.name()),
                            Set.of(team.text()),
                            Set.of());
        };
    }

    Optional<Grant> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Grant> all() {
        return List.copyOf(byId.values());
    }

    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /// With what this copy of a grant has more than what is known.
    synchronized void put(Grant copy) {
        Grant known = byId.get(copy.id());
        Grant grant = known == null ? copy : known.join(copy);
        byId.put(grant.id(), grant);
        byHolder.compute(
                Key.of(grant),
                (key, before) -> {
                    Map<String, Optional<GrantFacts>> after =
                            new HashMap<>(before == null ? Map.of() : before);
                    after.put(grant.id(), grant.facts());
                    return after;
                });
        changes.incrementAndGet();
    }

    synchronized void remove(String id) {
        Grant grant = byId.remove(id);
        if (grant != null) {
            byHolder.computeIfPresent(
                    Key.of(grant),
                    (key, before) -> {
                        Map<String, Optional<GrantFacts>> after = new HashMap<>(before);
                        after.remove(id);
                        return after.isEmpty() ? null : after;
                    });
            changes.incrementAndGet();
        }
    }
}
