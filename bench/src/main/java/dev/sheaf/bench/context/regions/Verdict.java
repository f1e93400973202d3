package dev.sheaf.bench.context.regions;

import dev.sheaf.client.ContextDigestList;
import dev.sheaf.client.ContextKey;
import dev.sheaf.client.ContextRead;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Holds what all regions show, once they are quiet, against what was acknowledged.
public final class Verdict {
    private final LocalRegions regions;
    private final Witness witness;

    public Verdict(LocalRegions regions, Witness witness) {
        this.regions = regions;
        this.witness = witness;
    }

    /// Waits until all regions have applied the same.
    ///
    /// @return after how many milliseconds; empty when not in time
    public Optional<Long> awaitQuiet(long millisMax) throws InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < millisMax * 1_000_000) {
            try {
                Set<Map<String, String>> vectors = new HashSet<>();
                for (String region : regions.names()) {
                    vectors.add(vectors(region));
                }
                if (vectors.size() == 1) {
                    return Optional.of((System.nanoTime() - began) / 1_000_000);
                }
            } catch (Problem notYet) {
                if (notYet.code() != ProblemCode.UNAVAILABLE) {
                    throw notYet;
                }
            }
            Thread.sleep(50);
        }
        return Optional.empty();
    }

    private Map<String, String> vectors(String region) {
        Map<String, String> vectors = new TreeMap<>();
        for (ContextDigestList.Digest each : regions.client(region).contexts().digests()) {
            vectors.put(each.scope() + "/" + each.shard(), each.vector());
        }
        return vectors;
    }

    /// Compares digests, documents and acknowledged effects; differences go to the witness.
    ///
    /// @return how many documents were compared
    public int compare() {
        compareDigests();
        for (String document : witness.documents()) {
            compare(document);
        }
        return witness.documents().size();
    }

    private void compareDigests() {
        List<List<ContextDigestList.Digest>> all = new ArrayList<>();
        for (String region : regions.names()) {
            all.add(
                    regions.client(region).contexts().digests().stream()
                            .map(each ->
                                    new ContextDigestList.Digest(
                                            each.scope(),
                                            each.shard(),
                                            each.vector(),
                                            "",
                                            each.digest(),
                                            each.documents()))
                            .toList());
        }
        if (new HashSet<>(all).size() != 1) {
            witness.violation("digests differ: " + all);
        }
        for (String region : regions.names()) {
            regions.client(region).contexts().links().stream()
                    .filter(link -> !link.digests().equals("equal"))
                    .forEach(link ->
                            witness.violation(
                                    region + " says that digests of " + link + " are not equal"));
        }
    }

    private void compare(String document) {
        Map<String, JsonNode> values = new TreeMap<>();
        for (String region : regions.names()) {
            try {
                values.put(
                        region,
                        regions.client(region)
                                .contexts()
                                .read(
                                        new ContextKey(RegionWriter.TYPE, document),
                                        new ContextRead(
                                                Optional.of("5s"),
                                                Optional.of("10s"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                false))
                                .value());
            } catch (Problem problem) {
                witness.violation(document + " cannot be read in " + region + ": " + problem);
            }
        }
        if (new HashSet<>(values.values()).size() > 1) {
            witness.violation(document + " differs: " + values);
        }
        values.forEach((region, value) -> compare(document, region, new Shown(value)));
    }

    private void compare(String document, String region, Shown shown) {
        Witness.Expected expected = witness.of(document);
        String where = document + " in " + region + ": ";
        long sum = shown.sum("visits");
        if (sum < expected.sum("visits", true) || sum > expected.sum("visits", false)) {
            witness.violation(
                    where
                            + "visits are %d, acknowledged %d, tried %d"
                                    .formatted(
                                            sum,
                                            expected.sum("visits", true),
                                            expected.sum("visits", false)));
        }
        for (String field : List.of("tags", "turns", "lines")) {
            List<String> members = shown.members(field);
            Set<String> distinct = new HashSet<>(members);
            if (distinct.size() != members.size()) {
                witness.violation(where + field + " has something twice: " + members);
            }
            for (String member : expected.members(field, true)) {
                if (!distinct.contains(member)) {
                    witness.violation(where + field + " lacks the acknowledged " + member);
                }
            }
            distinct.removeAll(expected.members(field, false));
            if (!distinct.isEmpty()) {
                witness.violation(where + field + " has what nobody wrote: " + distinct);
            }
        }
        expected.versions(true)
                .forEach((field, acknowledged) -> {
                    long is = shown.version(field);
                    long most = expected.versions(false).getOrDefault(field, 0L);
                    if (is < acknowledged || is > most) {
                        witness.violation(
                                where
                                        + "%s is %d, acknowledged %d, tried %d"
                                                .formatted(field, is, acknowledged, most));
                    }
                });
    }
}
