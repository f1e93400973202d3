package dev.sheaf.product.ledger;

import dev.sheaf.contract.Source;
import dev.sheaf.kernel.DomainName;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.ProductName;
import dev.sheaf.kernel.RegionName;
import dev.sheaf.kernel.Sha256;
import dev.sheaf.product.Domain;
import dev.sheaf.product.Ledger.Change;
import dev.sheaf.product.Ledger.ContractVersion;
import dev.sheaf.product.ProductSpec;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Rows of what is declared: domains, products, contract versions and the documents behind them.
final class DeclaredTables {
    private static final String DOMAINS =
            """
            SELECT d.name, d.home_region, d.owner, d.description, d.source_name, o.content
              FROM domain d JOIN document o ON o.digest = d.digest
            """;
    private static final String PRODUCTS =
            """
            SELECT p.domain, p.name, p.descriptor_name, d.content, p.contract_name, c.content
              FROM product p
              JOIN document d ON d.digest = p.descriptor_digest
              JOIN document c ON c.digest = p.contract_digest
            """;

    private DeclaredTables() {}

    static List<Domain> domains(Connection connection) throws SQLException {
        return Statements.all(connection, DOMAINS + " ORDER BY d.name", DeclaredTables::domain);
    }

    static Optional<Domain> domain(Connection connection, DomainName name) throws SQLException {
        return Statements.first(
                connection, DOMAINS + " WHERE d.name = ?", DeclaredTables::domain, name.value());
    }

    static List<StoredProduct> products(Connection connection) throws SQLException {
        List<StoredProduct> products =
                new ArrayList<>(Statements.all(connection, PRODUCTS, DeclaredTables::product));
        products.sort((a, b) -> a.name.compareTo(b.name)); // not by the database's collation
        return products;
    }

    static Optional<StoredProduct> product(Connection connection, ProductName name)
            throws SQLException {
        return Statements.first(
                connection,
                PRODUCTS + " WHERE p.domain = ? AND p.name = ?",
                DeclaredTables::product,
                name.domain().value(),
                name.name());
    }

    static List<ContractVersion> contractVersions(Connection connection, ProductName name)
            throws SQLException {
        return Statements.all(
                connection,
                """
                SELECT v.version, v.digest, v.applied_at, v.source_name, o.content
                  FROM contract_version v JOIN document o ON o.digest = v.digest
                 WHERE v.domain = ? AND v.product = ?
                 ORDER BY v.ordinal DESC
                """,
                row ->
                        new ContractVersion(
                                row.getString(1),
                                new Sha256(row.getString(2)),
                                Statements.instant(row.getLong(3)),
                                new Source(row.getString(4), row.getBytes(5))),
                name.domain().value(),
                name.name());
    }

    static void apply(Connection connection, Change change, Instant now) throws SQLException {
        switch (change) {
            case Change.PutDomain(Domain domain) -> put(connection, domain);
            case Change.DeleteDomain(DomainName name) -> delete(connection, name);
            case Change.PutProduct(ProductSpec product) -> put(connection, product, now);
            case Change.DeleteProduct(ProductName name) -> delete(connection, name, now);
        }
    }

    private static void put(Connection connection, Domain domain) throws SQLException {
        keep(connection, domain.source());
        Statements.update(
                connection,
                """
                INSERT INTO domain (name, home_region, owner, description, source_name, digest)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET home_region = excluded.home_region,
                  owner = excluded.owner, description = excluded.description,
                  source_name = excluded.source_name, digest = excluded.digest
                """,
                domain.name().value(),
                domain.homeRegion().toString(),
                domain.owner(),
                domain.description().orElse(null),
                domain.source().name(),
                domain.source().digest().hex());
    }

    private static void put(Connection connection, ProductSpec product, Instant now)
            throws SQLException {
        Source descriptor = product.descriptor().source();
        Source contract = product.contract().source();
        String domain = product.name().domain().value();
        String name = product.name().name();
        requireNotRemoved(connection, product.name());
        keep(connection, descriptor);
        keep(connection, contract);
        Statements.update(
                connection,
                """
                INSERT INTO product (domain, name, descriptor_name, descriptor_digest,
                  contract_name, contract_digest)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (domain, name) DO UPDATE SET
                  descriptor_name = excluded.descriptor_name,
                  descriptor_digest = excluded.descriptor_digest,
                  contract_name = excluded.contract_name,
                  contract_digest = excluded.contract_digest
                """,
                domain,
                name,
                descriptor.name(),
                descriptor.digest().hex(),
                contract.name(),
                contract.digest().hex());
        List<ContractVersion> versions = contractVersions(connection, product.name());
        if (versions.isEmpty() || !versions.getFirst().digest().equals(contract.digest())) {
            Statements.update(
                    connection,
                    """
                    INSERT INTO contract_version
                      (domain, product, ordinal, version, source_name, digest, applied_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                    domain,
                    name,
                    (long) versions.size() + 1,
                    product.contract().version(),
                    contract.name(),
                    contract.digest().hex(),
                    Statements.micros(now));
        }
    }

    private static void requireNotRemoved(Connection connection, ProductName name)
            throws SQLException {
        if (removed(connection).contains(name)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    name
                            + " was removed and its table is not dropped yet; try again when the"
                            + " node has done so");
        }
    }

    private static void delete(Connection connection, DomainName name) throws SQLException {
        List<String> products =
                Statements.all(
                        connection,
                        "SELECT name FROM product WHERE domain = ? ORDER BY name",
                        row -> row.getString(1),
                        name.value());
        if (!products.isEmpty()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "domain "
                            + name
                            + " still has products ("
                            + String.join(", ", products)
                            + "): remove them first");
        }
        int deleted =
                Statements.update(connection, "DELETE FROM domain WHERE name = ?", name.value());
        if (deleted == 0) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no domain " + name);
        }
    }

    private static void delete(Connection connection, ProductName name, Instant now)
            throws SQLException {
        String domain = name.domain().value();
        boolean busy =
                RunTable.unfinished(connection).stream().anyMatch(r -> r.product().equals(name));
        if (busy) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "a publish of "
                            + name
                            + " is under way: wait for it or cancel it, then remove the product");
        }
        int deleted =
                Statements.update(
                        connection,
                        "DELETE FROM product WHERE domain = ? AND name = ?",
                        domain,
                        name.name());
        if (deleted == 0) {
            throw new Problem(ProblemCode.NOT_FOUND, "there is no product " + name);
        }
        Statements.update(
                connection,
                "INSERT INTO removed_product (domain, product, removed_at) VALUES (?, ?, ?)",
                domain,
                name.name(),
                Statements.micros(now));
    }

    static List<ProductName> removed(Connection connection) throws SQLException {
        return Statements.all(
                connection,
                "SELECT domain, product FROM removed_product ORDER BY removed_at, domain, product",
                row -> new ProductName(new DomainName(row.getString(1)), row.getString(2)));
    }

    static void forgetRemoved(Connection connection, ProductName name) throws SQLException {
        Statements.update(
                connection,
                "DELETE FROM removed_product WHERE domain = ? AND product = ?",
                name.domain().value(),
                name.name());
        RemovalTable.forget(connection, name);
    }

    private static void keep(Connection connection, Source source) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO document (digest, content) VALUES (?, ?)"
                                + " ON CONFLICT (digest) DO NOTHING")) {
            insert.setString(1, source.digest().hex());
            insert.setBytes(2, source.bytes());
            insert.executeUpdate();
        }
    }

    private static Domain domain(ResultSet row) throws SQLException {
        return new Domain(
                new DomainName(row.getString(1)),
                RegionName.parse(row.getString(2)),
                row.getString(3),
                Optional.ofNullable(row.getString(4)),
                new Source(row.getString(5), row.getBytes(6)));
    }

    private static StoredProduct product(ResultSet row) throws SQLException {
        return new StoredProduct(
                new ProductName(new DomainName(row.getString(1)), row.getString(2)),
                new Source(row.getString(3), row.getBytes(4)),
                new Source(row.getString(5), row.getBytes(6)));
    }

    /// A product's documents, not yet understood.
    record StoredProduct(ProductName name, Source descriptor, Source contract) {}
}
