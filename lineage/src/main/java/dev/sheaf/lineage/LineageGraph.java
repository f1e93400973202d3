package dev.sheaf.lineage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Datasets, columns, jobs and models, and what leads from where to where: the edges of all owners
/// together. Kept as numbers, so that a million column edges fit into some hundred megabytes and
/// are followed within tens of milliseconds. Cycles are as good as anything else. For any thread:
/// many ask at once, whoever changes something is alone.
public final class LineageGraph {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Predicate<EntityName> isPreferred;

    final Symbols symbols = new Symbols();
    private final Map<OwnerKey, Integer> owners = new HashMap<>();
    private final List<Optional<Contribution>> contributions = new ArrayList<>();
    private final List<IntList> readers = new ArrayList<>();
    private final List<IntList> writers = new ArrayList<>();

    /// By column: whoever is known to use it.
    private final List<IntList> users = new ArrayList<>();

    /// By dataset: whoever may use any column of it.
    private final List<IntList> vague = new ArrayList<>();

    private final Map<Integer, IntList> ownersOfJobs = new HashMap<>();
    private final Map<Integer, IntList> followers = new HashMap<>();
    private final OtherNames otherNames = new OtherNames();
    private long edgeCount;

    /// How much there is.
    ///
    /// @param edges from column to column, or from column to dataset
    public record Size(int datasets, int columns, int owners, long edges) {}

    /// @param isPreferred of several names for one dataset, which is shown; the first one heard of
    ///   when none is
    public LineageGraph(Predicate<EntityName> isPreferred) {
        this.isPreferred = isPreferred;
    }

    /// Replaces what an owner says.
    public void put(OwnerKey key, Edges edges) {
        writing(() -> {
            int owner = owners.computeIfAbsent(key, any -> contributions.size());
            if (owner == contributions.size()) {
                contributions.add(Optional.empty());
            } else {
                forget(owner);
            }
            Contribution made = new Contribution(key, edges, symbols);
            contributions.set(owner, Optional.of(made));
            edgeCount += made.edgeCount();
            link(made, owner);
        });
    }

    private void link(Contribution made, int owner) {
        for (int dataset : datasets(made.inputs, made.from, made.wholeFrom, made.readColumns())) {
            list(readers, dataset).add(owner);
            if (made.isVague(dataset)) {
                list(vague, dataset).add(owner);
            }
        }
        for (int column : made.usedColumns()) {
            list(users, column).add(owner);
        }
        Set<Integer> written = datasets(made.outputs, made.to, new int[0], new int[0]);
        for (int dataset : made.wholeTo) {
            written.add(dataset);
        }
        written.forEach(dataset -> list(writers, dataset).add(owner));
        ownersOfJobs.computeIfAbsent(made.job, any -> new IntList()).add(owner);
        for (int job : made.after) {
            followers.computeIfAbsent(job, any -> new IntList()).add(owner);
        }
    }

    private Set<Integer> datasets(int[] datasets, int[]... columns) {
        Set<Integer> all = new LinkedHashSet<>();
        for (int dataset : datasets) {
            all.add(dataset);
        }
        for (int[] some : columns) {
            for (int column : some) {
                all.add(symbols.datasetOf(column));
            }
        }
        return all;
    }

    private static IntList list(List<IntList> lists, int index) {
        while (lists.size() <= index) {
            lists.add(IntList.NONE);
        }
        if (lists.get(index) == IntList.NONE) {
            lists.set(index, new IntList());
        }
        return lists.get(index);
    }

    private void forget(int owner) {
        contributions
                .get(owner)
                .ifPresent(before -> {
                    edgeCount -= before.edgeCount();
                    for (int dataset :
                            datasets(
                                    before.inputs,
                                    before.from,
                                    before.wholeFrom,
                                    before.readColumns())) {
                        list(readers, dataset).remove(owner);
                        list(vague, dataset).remove(owner);
                    }
                    for (int column : before.usedColumns()) {
                        list(users, column).remove(owner);
                    }
                    datasets(before.outputs, before.to)
                            .forEach(dataset -> list(writers, dataset).remove(owner));
                    for (int dataset : before.wholeTo) {
                        list(writers, dataset).remove(owner);
                    }
                    ownersOfJobs.getOrDefault(before.job, new IntList()).remove(owner);
                    for (int job : before.after) {
                        followers.getOrDefault(job, new IntList()).remove(owner);
                    }
                });
        contributions.set(owner, Optional.empty());
    }

    /// Takes away what an owner says.
    public void remove(OwnerKey key) {
        writing(() -> {
            Integer owner = owners.get(key);
            if (owner != null) {
                forget(owner);
            }
        });
    }

    /// A dataset has these columns, whether or not something is made from them.
    public void describe(EntityName dataset, List<String> columns) {
        writing(() -> {
            int id = symbols.dataset(dataset);
            columns.forEach(column -> symbols.column(id, column));
        });
    }

    /// A dataset is there.
    public void mention(EntityName dataset) {
        writing(() -> symbols.dataset(dataset));
    }

    /// Other names under which the same dataset goes, according to a source; they replace those
    /// that it has said before.
    public void name(String source, EntityName dataset, Set<EntityName> names) {
        writing(() -> {
            int id = symbols.dataset(dataset);
            otherNames.put(
                    source, id, names.stream().mapToInt(symbols::dataset).sorted().toArray());
        });
    }

    /// Whether the owner says something now.
    public boolean has(OwnerKey key) {
        return reading(() -> {
            Integer owner = owners.get(key);
            return owner != null && contributions.get(owner).isPresent();
        });
    }

    public boolean hasDataset(EntityName dataset) {
        return reading(() -> symbols.findDataset(dataset) >= 0);
    }

    /// The columns that are known of a dataset, in the order in which they were heard of.
    public List<String> columns(EntityName dataset) {
        return reading(() -> {
            Set<String> columns = new LinkedHashSet<>();
            int id = symbols.findDataset(dataset);
            if (id >= 0) {
                for (int member : members(id)) {
                    IntList ids = symbols.columnsOf(member);
                    for (int index = 0; index < ids.size(); index++) {
                        columns.add(symbols.columnName(ids.get(index)));
                    }
                }
            }
            return List.copyOf(columns);
        });
    }

    /// What an owner reads; nothing when it says nothing.
    public Set<EntityName> inputsOf(OwnerKey key) {
        return reading(() -> names(key, false));
    }

    /// What an owner writes; nothing when it says nothing.
    public Set<EntityName> outputsOf(OwnerKey key) {
        return reading(() -> names(key, true));
    }

    private Set<EntityName> names(OwnerKey key, boolean isWritten) {
        Integer owner = owners.get(key);
        Set<EntityName> all = new LinkedHashSet<>();
        if (owner != null && contributions.get(owner).isPresent()) {
            Contribution edges = contribution(owner);
            for (int dataset : isWritten ? edges.outputs : edges.inputs) {
                all.add(symbols.datasetName(dataset));
            }
        }
        return all;
    }

    /// All that an owner says; nothing when it says nothing.
    public Edges edges(OwnerKey key) {
        return reading(() -> {
            Integer owner = owners.get(key);
            return owner == null
                    ? Edges.NONE
                    : contributions.get(owner).map(each -> each.edges(symbols)).orElse(Edges.NONE);
        });
    }

    /// Whoever writes a dataset, under any of its names.
    public Set<OwnerKey> writersOf(EntityName dataset) {
        return reading(() -> {
            Set<OwnerKey> keys = new LinkedHashSet<>();
            int id = symbols.findDataset(dataset);
            for (int member : id < 0 ? new int[0] : members(id)) {
                IntList all = writers(member);
                for (int place = 0; place < all.size(); place++) {
                    keys.add(contribution(all.get(place)).key);
                }
            }
            return keys;
        });
    }

    /// All names of a dataset, the one that is shown first.
    public List<EntityName> names(EntityName dataset) {
        return reading(() -> {
            int id = symbols.findDataset(dataset);
            if (id < 0) {
                return List.of(dataset);
            }
            int shown = shown(id);
            List<EntityName> names = new ArrayList<>(List.of(symbols.datasetName(shown)));
            for (int member : members(id)) {
                if (member != shown) {
                    names.add(symbols.datasetName(member));
                }
            }
            return names;
        });
    }

    /// Owners of a kind that say something now, in order.
    public List<OwnerKey> owners(OwnerKey.Kind kind) {
        return reading(() ->
                contributions.stream()
                        .flatMap(Optional::stream)
                        .map(each -> each.key)
                        .filter(key -> key.kind() == kind)
                        .sorted(
                                java.util.Comparator.comparing(OwnerKey::name)
                                        .thenComparing(OwnerKey::region))
                        .toList());
    }

    /// Datasets of that name, in whichever namespace, in order.
    public List<EntityName> named(String name) {
        return reading(() -> {
            Set<EntityName> found = new TreeSet<>();
            for (int id = 0; id < symbols.datasetCount(); id++) {
                if (symbols.datasetName(id).name().equals(name)) {
                    found.add(symbols.datasetName(id));
                }
            }
            return List.copyOf(found);
        });
    }

    /// Datasets whose namespace or name contain each of the words, in order.
    public List<EntityName> find(String words) {
        return reading(() -> {
            Set<EntityName> found = new TreeSet<>();
            String[] wanted = words.strip().split("\\s+");
            for (int id = 0; id < symbols.datasetCount(); id++) {
                EntityName name = symbols.datasetName(id);
                if (contains(name, wanted)) {
                    found.add(symbols.datasetName(shown(id)));
                }
            }
            return List.copyOf(found);
        });
    }

    private static boolean contains(EntityName name, String[] words) {
        for (String word : words) {
            if (!name.namespace().contains(word) && !name.name().contains(word)) {
                return false;
            }
        }
        return true;
    }

    public Size size() {
        return reading(() ->
                new Size(
                        symbols.datasetCount(),
                        symbols.columnCount(),
                        (int) contributions.stream().filter(Optional::isPresent).count(),
                        edgeCount));
    }

    /// What is reached from somewhere.
    ///
    /// @return empty when the dataset, the column or the job is not known at all
    public Optional<Reach> reach(Question question) {
        return reading(() -> new Walk(this, question).reach());
    }

    /// For walks, which hold the lock.
    int[] members(int dataset) {
        return otherNames.members(dataset);
    }

    /// The member of a dataset's names that is shown.
    int shown(int dataset) {
        int[] members = members(dataset);
        int least = members[0];
        for (int member : members) {
            if (isPreferred.test(symbols.datasetName(member))) {
                return member;
            }
            least = Math.min(least, member);
        }
        return least;
    }

    IntList readers(int dataset) {
        return dataset < readers.size() ? readers.get(dataset) : IntList.NONE;
    }

    IntList users(int column) {
        return column < users.size() ? users.get(column) : IntList.NONE;
    }

    IntList vague(int dataset) {
        return dataset < vague.size() ? vague.get(dataset) : IntList.NONE;
    }

    IntList writers(int dataset) {
        return dataset < writers.size() ? writers.get(dataset) : IntList.NONE;
    }

    Contribution contribution(int owner) {
        return contributions.get(owner).orElseThrow();
    }

    int ownerCount() {
        return contributions.size();
    }

    /// Those who say something of a job or model of that name.
    IntList ownersOf(EntityName name) {
        return ownersOfJobs.getOrDefault(symbols.findJob(name), IntList.NONE);
    }

    IntList ownersOfJob(int job) {
        return ownersOfJobs.getOrDefault(job, IntList.NONE);
    }

    IntList followers(int job) {
        return followers.getOrDefault(job, IntList.NONE);
    }

    private <T> T reading(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void writing(Runnable work) {
        lock.writeLock().lock();
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
