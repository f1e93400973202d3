package dev.sheaf.node.membership;

import dev.sheaf.client.Wire;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.identity.PrivateFile;
import dev.sheaf.node.pki.Revocations;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What this node knows of the mesh's members, kept in a file, so that a node that starts alone
/// knows whom to dial and whom to refuse. Statements are only ever added: two nodes that know the
/// same ones see the same members. For any thread.
public final class Members implements Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    private final Path file;
    private final Map<String, MemberRecord> records = new HashMap<>();

    /// How the file holds them.
    record Kept(List<String> statements) {}

    private Members(Path file) {
        this.file = file;
    }

    /// What the file holds; nothing when there is none.
    ///
    /// @throws Problem STORAGE_FAILED when it cannot be read
    public static Members open(Path file) {
        Members members = new Members(file);
        if (Files.exists(file)) {
            try {
                Kept kept = Wire.json().readValue(Files.readAllBytes(file), Kept.class);
                kept.statements().forEach(text -> members.put(SignedStatement.read(text)));
            } catch (IOException | JacksonException | Problem e) {
                throw new Problem(
                        ProblemCode.STORAGE_FAILED,
                        "the mesh's members in "
                                + file
                                + " cannot be read: "
                                + e.getMessage()
                                + ". Restore the file, or put it away: what other members know"
                                + " comes back from them",
                        e);
            }
        }
        return members;
    }

    /// Leaves only what the check takes: the file may have been changed by others.
    synchronized void verify(StatementCheck check) {
        List<SignedStatement> all = all();
        records.clear();
        for (SignedStatement signed : all) {
            try {
                put(check.require(signed.text()));
            } catch (Problem e) {
                LOG.warn("a statement in {} does not count: {}", file, e.message());
            }
        }
    }

    private synchronized boolean put(SignedStatement signed) {
        String key = signed.statement().region() + " " + signed.statement().authority();
        MemberRecord before = records.getOrDefault(key, MemberRecord.EMPTY);
        MemberRecord after = before.with(signed);
        records.put(key, after);
        return !after.equals(before);
    }

    /// Adds a statement that was checked. It is on disk when this returns.
    ///
    /// @return whether it was new
    /// @throws Problem STORAGE_FAILED
    synchronized boolean add(SignedStatement signed) {
        if (!put(signed)) {
            return false;
        }
        try {
            PrivateFile.write(
                    file,
                    Wire.json()
                            .writeValueAsString(
                                    new Kept(all().stream().map(SignedStatement::text).toList())));
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.STORAGE_FAILED,
                    "the mesh's members cannot be kept in " + file + ": " + e,
                    e);
        }
        return true;
    }

    synchronized List<SignedStatement> all() {
        List<SignedStatement> all = new ArrayList<>();
        new TreeMap<>(records).values().forEach(record -> all.addAll(record.all()));
        return all;
    }

    synchronized Collection<MemberRecord> records() {
        return List.copyOf(records.values());
    }

    synchronized Optional<MemberRecord> record(RegionName region, String authority) {
        return Optional.ofNullable(records.get(region + " " + authority));
    }

    /// Each region as it was admitted last, by name.
    public synchronized List<Member> list() {
        Map<RegionName, MemberRecord> newest = new TreeMap<>();
        for (MemberRecord record : records.values()) {
            record.of(MemberStatement.Kind.ADMISSION)
                    .ifPresent(admission ->
                            newest.merge(
                                    admission.statement().regionName(), record, Members::later));
        }
        return newest.values().stream().flatMap(record -> record.member().stream()).toList();
    }

    private static MemberStatement admission(MemberRecord record) {
        return record.of(MemberStatement.Kind.ADMISSION).orElseThrow().statement();
    }

    private static MemberRecord later(MemberRecord one, MemberRecord other) {
        MemberStatement first = admission(one);
        MemberStatement second = admission(other);
        int order = Long.compare(first.number(), second.number());
        return (order != 0 ? order : first.authority().compareTo(second.authority())) > 0
                ? one
                : other;
    }

    /// All that ever were members.
    public synchronized Set<RegionName> regions() {
        Set<RegionName> regions = new TreeSet<>();
        records.values()
                .forEach(record ->
                        record.member().ifPresent(member -> regions.add(member.region())));
        return regions;
    }

    /// How a region stands, as it was admitted last.
    public Optional<Member> find(RegionName region) {
        return list().stream().filter(member -> member.region().equals(region)).findFirst();
    }

    /// For the next admission of a region.
    synchronized long nextNumber(RegionName region) {
        return 1
                + records.values().stream()
                        .flatMap(record -> record.of(MemberStatement.Kind.ADMISSION).stream())
                        .filter(admission -> admission.statement().regionName().equals(region))
                        .mapToLong(admission -> admission.statement().number())
                        .max()
                        .orElse(0);
    }

    @Override
    public synchronized Optional<Instant> since(String authority) {
        return records.entrySet().stream()
                .filter(record -> record.getKey().endsWith(" " + authority))
                .flatMap(record -> record.getValue().goneSince().stream())
                .min(Instant::compareTo);
    }
}
