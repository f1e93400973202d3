package dev.sheaf.product.ledger;

import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ProductSpec;
import dev.sheaf.product.Removal;
import dev.sheaf.product.Run;
import dev.sheaf.product.ledger.DeclaredTables.StoredProduct;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The ledger on SQLite or PostgreSQL. Safe for use by many threads, and by several processes on
/// one database: writers take turns, and one that waited too long gets BUSY.
///
/// Documents are kept byte for byte and are understood anew by each process; what is understood is
/// cached by the documents' digests. Instants are kept to the microsecond.
public final class JdbcLedger implements Ledger {
    private final ConnectionPool pool;
    private final SpecReader specReader;
    private final Clock clock;
    private final Map<SpecKey, ProductSpec> specs = new ConcurrentHashMap<>();

    private JdbcLedger(ConnectionPool pool, SpecReader specReader, Clock clock) {
        this.pool = pool;
        this.specReader = specReader;
        this.clock = clock;
    }

    /// Opens the file, or creates it with mode 0600 in an existing folder.
    ///
    /// @throws Problem STORAGE_FAILED when it cannot be written or is damaged,
    ///   INVALID_CONFIGURATION when a newer Sheaf wrote it
    public static JdbcLedger onSqlite(Path file, SpecReader specReader, Clock clock) {
        return new JdbcLedger(SqliteDatabase.open(file), specReader, clock);
    }

    /// Opens the schema, or creates it.
    ///
    /// @throws Problem UNAVAILABLE when the server does not answer, INVALID_CONFIGURATION when it
    ///   refuses the user or a newer Sheaf wrote the schema
    public static JdbcLedger onPostgres(
            PostgresSettings settings, SpecReader specReader, Clock clock) {
        return new JdbcLedger(PostgresDatabase.open(settings), specReader, clock);
    }

    @Override
    public List<Domain> domains() {
        return pool.read(DeclaredTables::domains);
    }

    @Override
    public Optional<Domain> domain(DomainName name) {
        return pool.read(connection -> DeclaredTables.domain(connection, name));
    }

    @Override
    public List<ProductSpec> products() {
        return pool.read(DeclaredTables::products).stream().map(this::spec).toList();
    }

    @Override
    public Optional<ProductSpec> product(ProductName name) {
        return pool.read(connection -> DeclaredTables.product(connection, name)).map(this::spec);
    }

    private ProductSpec spec(StoredProduct stored) {
        SpecKey key =
                new SpecKey(
                        stored.name(), stored.descriptor().digest(), stored.contract().digest());
        return specs.computeIfAbsent(
                key,
                ignored -> specReader.read(stored.name(), stored.descriptor(), stored.contract()));
    }

    @Override
    public List<ContractVersion> contractVersions(ProductName name) {
        return pool.read(connection -> DeclaredTables.contractVersions(connection, name));
    }

    @Override
    public void apply(long expectedRevision, List<Change> changes) {
        pool.write(connection -> {
            int advanced =
                    Statements.update(
                            connection,
                            "UPDATE ledger SET revision = revision + 1" + " WHERE revision = ?",
                            expectedRevision);
            if (advanced == 0) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "something else was applied since revision "
                                + expectedRevision
                                + ": plan again and look at the new plan");
            }
            for (Change change : changes) {
                DeclaredTables.apply(connection, change, clock.instant());
            }
        });
        specs.clear();
    }

    @Override
    public long revision() {
        return pool.read(connection ->
                Statements.first(connection, "SELECT revision FROM ledger", row -> row.getLong(1))
                        .orElseThrow());
    }

    @Override
    public List<ProductName> removedProducts() {
        return pool.read(DeclaredTables::removed);
    }

    @Override
    public void forgetRemoved(ProductName name) {
        pool.write(connection -> DeclaredTables.forgetRemoved(connection, name));
    }

    @Override
    public void begin(Run run) {
        if (run.state() != Run.State.PREPARED) {
            throw new IllegalArgumentException("a run begins PREPARED, not " + run.state());
        }
        pool.write(connection -> {
            try {
                RunTable.insert(connection, run);
            } catch (SQLException e) {
                if (SqlProblems.isConstraint(e)) {
                    throw new Problem(
                            ProblemCode.CONFLICT, "there already is a run " + run.id(), e);
                }
                throw e;
            }
        });
    }

    @Override
    public void update(Run run) {
        pool.write(connection -> {
            try {
                if (!RunTable.replacePrepared(connection, run)) {
                    requireSame(run, RunTable.one(connection, run.id()));
                }
            } catch (SQLException e) {
                if (SqlProblems.isConstraint(e)) {
                    throw releaseTaken(run, e);
                }
                throw e;
            }
        });
    }

    private static Problem releaseTaken(Run run, SQLException cause) {
        return new Problem(
                ProblemCode.CONFLICT,
                run.product()
                        + " already has a release "
                        + run.release().orElse(0)
                        + "; run "
                        + run.id()
                        + " cannot be it",
                cause);
    }

    private static void requireSame(Run run, Optional<Run> recorded) {
        Run there =
                recorded.orElseThrow(
                        () -> new Problem(ProblemCode.NOT_FOUND, "there is no run " + run.id()));
        if (!there.equals(run)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "run "
                            + run.id()
                            + " ended as "
                            + there.state()
                            + " and does not change again");
        }
    }

    @Override
    public Optional<Run> run(String runId) {
        return pool.read(connection -> RunTable.one(connection, runId));
    }

    @Override
    public List<Run> runs(ProductName product, int limit) {
        return pool.read(connection -> RunTable.newest(connection, product, limit));
    }

    @Override
    public List<Run> releases(ProductName product) {
        return pool.read(connection -> RunTable.released(connection, product));
    }

    @Override
    public boolean hasRelease(ProductName product) {
        return pool.read(connection -> RunTable.isReleased(connection, product));
    }

    @Override
    public List<Run> unfinishedRuns() {
        return pool.read(RunTable::unfinished);
    }

    @Override
    public void record(Rollback rollback) {
        pool.write(connection -> RollbackTable.put(connection, rollback));
    }

    @Override
    public List<Rollback> rollbacks(ProductName product) {
        return pool.read(connection -> RollbackTable.newest(connection, product));
    }

    @Override
    public void record(Removal removal) {
        pool.write(connection -> RemovalTable.put(connection, removal));
    }

    @Override
    public List<Removal> removals(ProductName product) {
        return pool.read(connection -> RemovalTable.newest(connection, product));
    }

    @Override
    public List<Removal> unfinishedRemovals() {
        return pool.read(RemovalTable::unfinished);
    }

    @Override
    public void close() {
        pool.close();
    }

    private record SpecKey(ProductName name, Sha256 descriptor, Sha256 contract) {}
}
