package dev.sheaf.context.trace;

import dev.sheaf.context.ActorId;
import dev.sheaf.context.ActorTable;
import dev.sheaf.context.Dot;
import dev.sheaf.context.reference.ReferenceSequence;
import dev.sheaf.kernel.RegionName;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Makes concurrent traces at random: agents write on merges of whatever transactions they like,
/// and the expected text is what the reference sequence gives.
final class GeneratedTrace {
    private record Version(ReferenceSequence<String> text, TreeSet<Integer> covered) {}

    private final Random random;
    private final ActorTable actors = new ActorTable();
    private final long[] sequences;
    private final boolean ordered;
    private final List<Version> versions = new ArrayList<>();
    private final List<Trace.Transaction> transactions = new ArrayList<>();

    /// @param ordered whether an agent always builds on all it did before, as in recorded sessions
    GeneratedTrace(long seed, int agentCount, boolean ordered) {
        this.random = new Random(seed);
        this.ordered = ordered;
        this.sequences = new long[agentCount];
        for (int agent = 0; agent < agentCount; agent++) {
            actors.indexOf(new ActorId(RegionName.parse("aws/some"), agent + 1));
        }
    }

    Trace make(int transactionCount) {
        for (int index = 0; index < transactionCount; index++) {
            addTransaction();
        }
        Version all = merge(heads(new TreeSet<>(allIndexes())));
        return new Trace(true, "", text(all.text()), List.copyOf(transactions));
    }

    private List<Integer> allIndexes() {
        List<Integer> indexes = new ArrayList<>();
        for (int index = 0; index < transactions.size(); index++) {
            indexes.add(index);
        }
        return indexes;
    }

    private void addTransaction() {
        int agent = random.nextInt(sequences.length);
        TreeSet<Integer> wanted = new TreeSet<>();
        int near = Math.min(transactions.size(), 6);
        for (int pick = 0; pick < 2 && near > 0; pick++) {
            wanted.add(transactions.size() - 1 - random.nextInt(near));
        }
        if (ordered) {
            for (int index = transactions.size() - 1; index >= 0; index--) {
                if (transactions.get(index).agent() == agent) {
                    wanted.add(index);
                    break;
                }
            }
        }
        List<Integer> parents = heads(wanted);
        Version version = merge(parents);
        List<Trace.Patch> patches = new ArrayList<>();
        int patchCount = 1 + random.nextInt(2);
        for (int patch = 0; patch < patchCount; patch++) {
            patches.add(edit(agent, version.text()));
        }
        version.covered().add(transactions.size());
        versions.add(version);
        transactions.add(new Trace.Transaction(agent, parents, patches));
    }

    /// Those that no other of them builds on.
    private List<Integer> heads(TreeSet<Integer> indexes) {
        return indexes.stream()
                .filter(index ->
                        indexes.stream()
                                .noneMatch(other ->
                                        !other.equals(index)
                                                && versions.get(other).covered().contains(index)))
                .collect(Collectors.toList());
    }

    private Version merge(List<Integer> parents) {
        Version merged = new Version(new ReferenceSequence<>(actors), new TreeSet<>());
        for (Integer parent : parents) {
            merged.text().join(versions.get(parent).text());
            merged.covered().addAll(versions.get(parent).covered());
        }
        return merged;
    }

    private Trace.Patch edit(int agent, ReferenceSequence<String> text) {
        List<Long> dots = text.dots();
        int position =
                random.nextBoolean() ? random.nextInt(dots.size() + 1) : Math.min(3, dots.size());
        int deleted = Math.min(dots.size() - position, Math.max(0, random.nextInt(5) - 2));
        for (int index = 0; index < deleted; index++) {
            text.delete(dots.get(position + index));
        }
        sequences[agent] += deleted > 0 ? 1 : 0;
        String inserted = words(deleted == 0 ? 1 + random.nextInt(4) : random.nextInt(3));
        insert(agent, text, position, inserted);
        return new Trace.Patch(position, deleted, inserted);
    }

    private void insert(int agent, ReferenceSequence<String> text, int position, String inserted) {
        if (inserted.isEmpty()) {
            return;
        }
        List<Long> dots = text.dots();
        long left = position == 0 ? 0 : dots.get(position - 1);
        List<Long> positions = text.positions();
        int next = positions.indexOf(left) + 1;
        long right = next == positions.size() ? 0 : positions.get(next);
        List<String> run = inserted.codePoints().mapToObj(Character::toString).toList();
        text.insert(Dot.of(agent, sequences[agent] + 1), left, right, run);
        sequences[agent] += run.size();
    }

    private String words(int length) {
        StringBuilder words = new StringBuilder();
        for (int index = 0; index < length; index++) {
            words.appendCodePoint(random.nextInt(20) == 0 ? 0x1f600 : 'a' + random.nextInt(26));
        }
        return words.toString();
    }

    private static String text(ReferenceSequence<String> sequence) {
        return String.join("", sequence.values());
    }
}
