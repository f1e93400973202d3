package dev.sheaf.node.governance;

import dev.sheaf.governance.decision.Decider;
import dev.sheaf.governance.decision.PolicySet;
import dev.sheaf.governance.source.PolicySource;
import dev.sheaf.governance.source.PolicyTrial;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.rego.syntax.PolicyFault;
import dev.sheaf.rego.test.PolicyTests;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The policies of a node as revisions in a folder; one is in force, and decides. For any thread.
///
/// | entry | what |
/// | --- | --- |
/// | `N/` | files of revision N, from 1; never changed |
/// | `history.jsonl` | who changed what, when and why; only grows |
/// | `current` | which revision is in force; replaced in one step |
/// | `new-N/`, `current.new` | unfinished |
///
/// Revision 0 is the standard pack of this build; it has no folder. A change is: write the
/// revision, add the line of history, move the pointer, each forced to the disk before the next. A
/// crash leaves the revision before or the new one in force. Where something is broken or missing
/// nothing decides, so everything is denied, until a revision is applied or rolled back to.
public final class PolicyStore {
    /// The standard pack.
    public static final long STANDARD = 0;

    private static final Logger LOG = LoggerFactory.getLogger(PolicyStore.class);
    private static final String HISTORY = "history.jsonl";
    private static final String UNFINISHED = "new-";

    /// A revision with its files.
    public record Revision(long number, String digest, PolicySource source) {}

    private record Loaded(Revision revision, PolicySet set) {}

    /// What readers see, who never wait for a change.
    private record State(
            Optional<Revision> current, Optional<String> fault, List<PolicyChange> changes) {}

    private final Path folder;
    private final PolicyDisk disk;
    private final Decider decider;
    private final PolicyTrial trial;
    private final Clock clock;
    private Optional<PolicyHistory> history = Optional.empty();
    private volatile State state = new State(Optional.empty(), Optional.empty(), List.of());

    /// Opens the store, and lets what is in force decide; see [#fault] for whether it does. The
    /// folder is made when it is not there.
    public PolicyStore(Path folder, Decider decider, PolicyTrial trial, Clock clock) {
        this(folder, new PolicyDisk(), decider, trial, clock);
    }

    PolicyStore(Path folder, PolicyDisk disk, Decider decider, PolicyTrial trial, Clock clock) {
        this.folder = folder;
        this.disk = disk;
        this.decider = decider;
        this.trial = trial;
        this.clock = clock;
        load();
    }

    /// Why nothing decides; empty when policies are in force.
    public Optional<String> fault() {
        return state.fault();
    }

    /// @throws Problem INVALID_POLICY when nothing decides
    public void requireSound() {
        fault().ifPresent(why -> {
            throw new Problem(
                    ProblemCode.INVALID_POLICY,
                    "no policies are in force, everything is denied: "
                            + why
                            + ". Apply policies, or roll back to a revision (0 is the standard"
                            + " pack)");
        });
    }

    /// What is in force; empty when nothing is.
    public Optional<Revision> current() {
        return state.current();
    }

    /// Newest first; empty when the history cannot be read.
    public List<PolicyChange> changes() {
        return state.changes().reversed();
    }

    /// @throws Problem NOT_FOUND, INVALID_POLICY when it is damaged
    public Revision revision(long number) {
        return loaded(number).revision();
    }

    /// A source with the standard pack's files.
    ///
    /// @throws Problem INVALID_POLICY when they do not go together
    public PolicySource withStandardPack(PolicySource source) {
        try {
            return source.withStandardPack();
        } catch (PolicyFault wrong) {
            throw PolicyProblems.of(wrong);
        }
    }

    /// What applying would bring into force.
    ///
    /// @throws Problem INVALID_POLICY with all that is wrong, or the tests that do not pass
    public PolicySet tried(PolicySource source) {
        PolicySet set;
        PolicyTests.Report report;
        try {
            set = source.compile();
            report = trial.run(set);
        } catch (PolicyFault wrong) {
            throw PolicyProblems.of(wrong);
        }
        if (!report.isPassed()) {
            throw PolicyProblems.of(report);
        }
        return set;
    }

    /// Brings a set into force as a new revision, once it compiles and its tests pass. One that is
    /// in force already stays as it is.
    ///
    /// @param expected the revision that must be in force now; empty for any
    /// @throws Problem INVALID_POLICY, CONFLICT; STORAGE_FAILED, after which the one or the other
    ///   is in force
    public Revision apply(PolicySource source, String by, String reason, OptionalLong expected) {
        PolicySet set = tried(source);
        synchronized (this) {
            requireExpected(expected);
            Optional<Revision> now = current();
            if (now.isPresent() && now.get().digest().equals(set.revision())) {
                return now.get();
            }
            try {
                long number = nextNumber();
                Path unfinished = folder.resolve(UNFINISHED + number);
                disk.createFolders(folder);
                disk.delete(unfinished);
                RevisionFolder.write(disk, unfinished, source, set.revision());
                disk.move(unfinished, folder.resolve(Long.toString(number)));
                disk.sync(folder);
                Revision revision = new Revision(number, set.revision(), source);
                bringIntoForce(new Loaded(revision, set), PolicyChange.Kind.APPLIED, by, reason);
                return revision;
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /// Brings an earlier revision, or a later one, back into force.
    ///
    /// @throws Problem NOT_FOUND, CONFLICT; INVALID_POLICY when it is damaged; STORAGE_FAILED as
    ///   [#apply]
    public Revision rollback(long number, String by, String reason, OptionalLong expected) {
        Loaded wanted = loaded(number);
        synchronized (this) {
            requireExpected(expected);
            Optional<Revision> now = current();
            if (now.isPresent() && now.get().number() == number) {
                return now.get();
            }
            try {
                disk.createFolders(folder);
                bringIntoForce(wanted, PolicyChange.Kind.ROLLED_BACK, by, reason);
                return wanted.revision();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private void requireExpected(OptionalLong expected) {
        long now = current().map(Revision::number).orElse(-1L);
        if (expected.isPresent() && expected.getAsLong() != now) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "revision "
                            + (now < 0 ? "none" : Long.toString(now))
                            + " is in force, not "
                            + expected.getAsLong()
                            + "; look at what changed, then try again");
        }
    }

    private void bringIntoForce(Loaded wanted, PolicyChange.Kind kind, String by, String reason)
            throws IOException {
        Revision revision = wanted.revision();
        PolicyHistory lines = history.isPresent() ? history.get() : newHistory();
        lines.add(change(kind, revision, by, reason));
        disk.sync(folder);
        PolicyPointer.to(revision).write(disk, folder);
        decider.use(wanted.set());
        history = Optional.of(lines);
        state = new State(Optional.of(revision), Optional.empty(), lines.changes());
        LOG.info("policies: revision {} ({}) is in force", revision.number(), revision.digest());
    }

    private PolicyChange change(
            PolicyChange.Kind kind, Revision revision, String by, String reason) {
        return new PolicyChange(
                kind, revision.number(), revision.digest(), by, clock.instant(), reason);
    }

    /// What cannot be read is kept beside.
    private PolicyHistory newHistory() throws IOException {
        Path file = folder.resolve(HISTORY);
        if (Files.exists(file)) {
            disk.move(file, folder.resolve("history.broken-" + clock.millis() + ".jsonl"));
        }
        return PolicyHistory.begin(disk, file);
    }

    /// After a change that broke off: what the disk says now is in force.
    private Problem failed(IOException e) {
        load();
        return new Problem(
                ProblemCode.STORAGE_FAILED,
                "the policies could not be written: "
                        + e
                        + ". In force is "
                        + current().map(now -> "revision " + now.number()).orElse("nothing")
                        + "; make room or repair the disk, then try again",
                e);
    }

    private void load() {
        try {
            if (!Files.exists(folder)) {
                begin();
            }
            history = Optional.empty();
            Loaded loaded = read(PolicyPointer.read(folder));
            PolicyHistory lines = PolicyHistory.read(disk, folder.resolve(HISTORY));
            history = Optional.of(lines);
            decider.use(loaded.set());
            reconcile(lines, loaded.revision());
            state = new State(Optional.of(loaded.revision()), Optional.empty(), lines.changes());
            LOG.info(
                    "policies: revision {} ({}) is in force",
                    loaded.revision().number(),
                    loaded.revision().digest());
        } catch (IOException | RuntimeException e) {
            decider.useNone();
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            state =
                    new State(
                            Optional.empty(),
                            Optional.of(why),
                            history.map(PolicyHistory::changes).orElse(List.of()));
            LOG.error(
                    "policies: none are in force, EVERYTHING IS DENIED until some are applied or"
                            + " rolled back to: {}",
                    e.getMessage(),
                    e);
        }
    }

    /// In one step, so that a folder that lacks something was not cut off at its beginning.
    private void begin() throws IOException {
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".new");
        disk.delete(unfinished);
        disk.createFolders(unfinished);
        Revision standard = standard().revision();
        PolicyHistory.begin(disk, unfinished.resolve(HISTORY))
                .add(change(PolicyChange.Kind.BEGAN, standard, "", "the standard pack"));
        PolicyPointer.to(standard).write(disk, unfinished);
        disk.move(unfinished, folder);
        disk.sync(folder.resolveSibling(""));
    }

    private Loaded read(PolicyPointer pointer) throws IOException {
        Loaded loaded = read(pointer.revision());
        if (pointer.revision() != STANDARD
                && !loaded.revision().digest().equals(pointer.digest())) {
            throw new IOException(
                    "revision "
                            + pointer.revision()
                            + " is "
                            + loaded.revision().digest()
                            + ", not "
                            + pointer.digest());
        }
        return loaded;
    }

    private Loaded read(long number) throws IOException {
        if (number == STANDARD) {
            return standard();
        }
        RevisionFolder.Read read = RevisionFolder.read(folder.resolve(Long.toString(number)));
        PolicySet set = read.source().compile();
        if (!set.revision().equals(read.digest())) {
            throw new IOException(
                    "revision " + number + " is " + set.revision() + ", not " + read.digest());
        }
        return new Loaded(new Revision(number, set.revision(), read.source()), set);
    }

    private static Loaded standard() {
        PolicySource source = PolicySource.standardPack();
        PolicySet set = source.compile();
        return new Loaded(new Revision(STANDARD, set.revision(), source), set);
    }

    private Loaded loaded(long number) {
        if (number != STANDARD && !Files.exists(folder.resolve(Long.toString(number)))) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    "there is no revision " + number + " of the policies; see its revisions");
        }
        try {
            return read(number);
        } catch (PolicyFault wrong) {
            throw PolicyProblems.of(wrong);
        } catch (IOException e) {
            throw new Problem(
                    ProblemCode.INVALID_POLICY,
                    "revision " + number + " of the policies is damaged: " + e.getMessage(),
                    e);
        }
    }

    /// A change that is in the history but did not come into force was cut off.
    private void reconcile(PolicyHistory lines, Revision inForce) {
        if (lines.last().revision() != inForce.number()) {
            String reason = "the change to revision " + lines.last().revision() + " was cut off";
            LOG.warn("policies: {}", reason);
            try {
                lines.add(change(PolicyChange.Kind.KEPT, inForce, "", reason));
            } catch (IOException e) {
                LOG.warn("policies: the history cannot be written", e);
            }
        }
    }

    private long nextNumber() throws IOException {
        long last = current().map(Revision::number).orElse(STANDARD);
        for (PolicyChange change : changes()) {
            last = Math.max(last, change.revision());
        }
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.list(folder)) {
                last =
                        Math.max(
                                last,
                                entries.map(entry -> entry.getFileName().toString())
                                        .filter(name -> name.matches("[1-9][0-9]{0,17}"))
                                        .mapToLong(Long::parseLong)
                                        .max()
                                        .orElse(STANDARD));
            }
        }
        return last + 1;
    }
}
