package dev.sheaf.node.erasure;

import dev.sheaf.client.ErasedStore;
import dev.sheaf.client.ErasureInfo;
import dev.sheaf.client.ErasureOrder;
import dev.sheaf.client.ErasureState;
import dev.sheaf.client.Wire;
import dev.sheaf.context.runtime.ContextService;
import dev.sheaf.governance.audit.ExportLine;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.node.audit.AuditTrail;
import dev.sheaf.node.erasure.ErasureTargets.Judged;
import dev.sheaf.node.governance.Governance;
import dev.sheaf.node.governance.GovernedContexts;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.Principal;
import dev.sheaf.node.runs.RunRegistry;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.erase.Eraser;
import dev.sheaf.product.publish.RunIds;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Erases persons' data, one order after the other, each store of an order by itself: one that
/// fails hides nothing of the others. For any thread.
///
/// At the end an entry of the audit log says what was done where, with a pseudonym of the person;
/// with the log's proof it is the certificate. When nothing failed, the pseudonym's key is
/// destroyed.
public final class Erasures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Erasures.class);
    private static final String ORDER = "subject.erase.order";
    private static final String ERASE = "subject.erase";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ErasureTargets targets;
    private final StoreErasure stores;
    private final ReplicaConfirmation replicas;
    private final ErasureFolder folder;
    private final AuditTrail trail;
    private final Audit audit;
    private final RunIds ids;
    private final Clock clock;
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("erasures").factory());

    /// @param folder exists; what became of erasures is kept in it
    /// @param stores what is erased in
    public static Erasures open(
            Path folder,
            Stores stores,
            Governance governance,
            GovernedContexts governedContexts,
            AuditTrail trail,
            Audit audit,
            RunIds ids,
            Clock clock) {
        return new Erasures(
                new ErasureTargets(
                        stores.ledger(), stores.contexts(), governance, governedContexts),
                new StoreErasure(stores.eraser(), stores.runs(), stores.contexts()),
                stores.replicas(),
                new ErasureFolder(folder),
                trail,
                audit,
                ids,
                clock);
    }

    /// What holds persons' data, and what takes it out.
    ///
    /// @param replicas in other regions
    public record Stores(
            Ledger ledger,
            Eraser eraser,
            RunRegistry runs,
            ContextService contexts,
            ReplicaConfirmation replicas) {}

    private Erasures(
            ErasureTargets targets,
            StoreErasure stores,
            ReplicaConfirmation replicas,
            ErasureFolder folder,
            AuditTrail trail,
            Audit audit,
            RunIds ids,
            Clock clock) {
        this.targets = targets;
        this.stores = stores;
        this.replicas = replicas;
        this.folder = folder;
        this.trail = trail;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        folder.settle();
    }

    Optional<ErasureInfo> find(String id) {
        return folder.find(id);
    }

    List<ErasureInfo> list() {
        return folder.list();
    }

    /// What an order would do. Waits for the answer.
    ErasureInfo look(String requestId, Principal caller, ErasureOrder order) {
        List<Judged> judged = judged(requestId, caller, order);
        ErasureInfo info = begun(caller, order, ErasureState.LOOKED);
        List<ErasedStore> seen = new ArrayList<>();
        for (Judged each : judged) {
            seen.add(
                    inStore(
                            each,
                            order.subject(),
                            () ->
                                    stores.look(
                                            each.target(),
                                            order.subject(),
                                            info.id() + "-" + seen.size(),
                                            caller.subject())));
        }
        return with(info, ErasureState.LOOKED, seen, Optional.empty(), Optional.empty());
    }

    /// Begins; it goes on after the answer.
    ErasureInfo begin(String requestId, Principal caller, ErasureOrder order) {
        List<Judged> judged = judged(requestId, caller, order);
        ErasureInfo info = begun(caller, order, ErasureState.RUNNING);
        folder.write(info);
        worker.execute(() -> run(requestId, caller, order.subject(), judged, info));
        return info;
    }

    private List<Judged> judged(String requestId, Principal caller, ErasureOrder order) {
        try {
            List<Judged> judged = targets.of(caller, order);
            record(requestId, caller, order, Audit.Outcome.ALLOWED, names(judged));
            return judged;
        } catch (Problem e) {
            record(requestId, caller, order, Audit.Outcome.DENIED, List.of());
            throw e;
        }
    }

    private void record(
            String requestId,
            Principal caller,
            ErasureOrder order,
            Audit.Outcome outcome,
            List<String> names) {
        audit.record(
                requestId,
                caller,
                ORDER,
                "*",
                outcome,
                Map.of("dryRun", order.dryRun().orElse(false), "stores", names),
                List.of(order.subject()));
    }

    private static List<String> names(List<Judged> judged) {
        return judged.stream().map(Judged::name).toList();
    }

    private ErasureInfo begun(Principal caller, ErasureOrder order, ErasureState state) {
        return new ErasureInfo(
                "erasure-" + ids.next(),
                state,
                caller.subject(),
                clock.instant(),
                Optional.empty(),
                order.reason(),
                List.of(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private void run(
            String requestId,
            Principal caller,
            String subject,
            List<Judged> judged,
            ErasureInfo info) {
        ErasureInfo now = info;
        List<ErasedStore> done = new ArrayList<>();
        try {
            Map<ProductName, Set<RegionName>> holders = holders(judged);
            for (Judged each : judged) {
                String id = info.id() + "-" + done.size();
                done.add(
                        inStore(
                                each,
                                subject,
                                () -> stores.erase(each.target(), subject, id, caller.subject())));
                now = with(now, ErasureState.RUNNING, done, Optional.empty(), Optional.empty());
                folder.write(now);
            }
            holders.forEach((product, before) -> done.addAll(copies(product, before)));
            boolean isComplete = done.stream().allMatch(store -> store.problem().isEmpty());
            ErasureInfo ended =
                    with(
                            now,
                            isComplete ? ErasureState.COMPLETE : ErasureState.INCOMPLETE,
                            done,
                            Optional.empty(),
                            Optional.empty());
            ExportLine certificate = certify(requestId, caller, subject, ended);
            if (isComplete) {
                trail.subjects().forget(subject);
            }
            folder.write(
                    with(ended, ended.state(), done, Optional.empty(), Optional.of(certificate)));
        } catch (RuntimeException e) {
            failed(now, done, subject, e);
        }
    }

    /// Regions that may hold copies of what is about to be erased.
    private Map<ProductName, Set<RegionName>> holders(List<Judged> judged) {
        Map<ProductName, Set<RegionName>> holders = new LinkedHashMap<>();
        for (Judged each : judged) {
            if (each.refusal().isEmpty()
                    && each.target() instanceof ErasureTarget.OfProduct product) {
                holders.put(product.spec().name(), replicas.holders(product.spec().name()));
            }
        }
        return holders;
    }

    /// A copy counts as erased when its region has said so.
    private List<ErasedStore> copies(ProductName product, Set<RegionName> before) {
        Set<RegionName> pending = before.isEmpty() ? Set.of() : replicas.awaitGone(product);
        return before.stream()
                .map(region ->
                        StoreErasure.copy(
                                product,
                                region,
                                pending.contains(region)
                                        ? Optional.of(
                                                "the region has not said yet that its copy is gone;"
                                                        + " order the erasure again when it can be"
                                                        + " reached")
                                        : Optional.empty()))
                .toList();
    }

    /// The message alone is logged: a stack of causes could show values.
    private void failed(
            ErasureInfo now, List<ErasedStore> done, String subject, RuntimeException e) {
        String why = shown(e, subject);
        LOG.error("{} could not be ended: {}", now.id(), why);
        try {
            folder.write(
                    with(now, ErasureState.INCOMPLETE, done, Optional.of(why), Optional.empty()));
        } catch (RuntimeException again) {
            LOG.error(
                    "what became of {} could not be written: {}", now.id(), shown(again, subject));
        }
    }

    private ExportLine certify(
            String requestId, Principal caller, String subject, ErasureInfo info) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("erasure", info.id());
        facts.put("state", info.state().name().toLowerCase(Locale.ROOT));
        facts.put("startedAt", info.startedAt().toString());
        facts.put("finishedAt", info.finishedAt().orElseThrow().toString());
        info.reason().ifPresent(reason -> facts.put("reason", reason));
        facts.put("stores", Wire.json().valueToTree(info.stores()));
        return trail.certify(
                new Audit.Line(
                        requestId,
                        caller.subject(),
                        caller.issuer(),
                        ERASE,
                        "*",
                        info.state() == ErasureState.COMPLETE
                                ? Audit.Outcome.DONE
                                : Audit.Outcome.FAILED,
                        facts,
                        List.of(subject)));
    }

    private ErasedStore inStore(Judged judged, String subject, Supplier<ErasedStore> work) {
        if (judged.refusal().isPresent()) {
            return StoreErasure.failed(judged.target(), judged.name(), judged.refusal().get());
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            String why = shown(e, subject);
            LOG.warn("erasing in {} failed: {}", judged.target().name(), why);
            return StoreErasure.failed(judged.target(), judged.name(), why);
        }
    }

    private static String shown(RuntimeException e, String subject) {
        String message =
                e instanceof Problem problem
                        ? problem.code() + ": " + problem.message()
                        : ProblemCode.INTERNAL + ": " + e.getClass().getSimpleName();
        return message.replace(subject, "…");
    }

    private ErasureInfo with(
            ErasureInfo info,
            ErasureState state,
            List<ErasedStore> done,
            Optional<String> problem,
            Optional<ExportLine> certificate) {
        return new ErasureInfo(
                info.id(),
                state,
                info.orderedBy(),
                info.startedAt(),
                state == ErasureState.RUNNING ? Optional.empty() : Optional.of(clock.instant()),
                info.reason(),
                done,
                problem,
                certificate
                        .map(line -> OptionalLong.of(line.entry().sequence()))
                        .orElse(OptionalLong.empty()),
                certificate.map(ExportLine::toString));
    }

    /// Lets the store that is worked on come to its end.
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("an erasure goes on while the node stops; it has to be ordered again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
