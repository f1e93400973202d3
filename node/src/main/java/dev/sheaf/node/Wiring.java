package dev.sheaf.node;

import dev.sheaf.contract.diff.ContractDiff;
import dev.sheaf.engine.Engine;
import dev.sheaf.engine.EngineConfig;
import dev.sheaf.engine.WorkerEngine;
import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.lake.CatalogConfig;
import dev.sheaf.lake.Lake;
import dev.sheaf.lake.LakeConfig;
import dev.sheaf.lake.StoreConfig;
import dev.sheaf.node.api.MeshRoutes;
import dev.sheaf.node.api.NodeRoutes;
import dev.sheaf.node.api.ProductRoutes;
import dev.sheaf.node.api.PublishRoutes;
import dev.sheaf.node.config.IdentityConfig;
import dev.sheaf.node.config.LakeSettings;
import dev.sheaf.node.config.LimitsConfig;
import dev.sheaf.node.config.ListenConfig;
import dev.sheaf.node.config.NodeConfig;
import dev.sheaf.node.http.Admission;
import dev.sheaf.node.http.HostCheck;
import dev.sheaf.node.http.HttpServer;
import dev.sheaf.node.http.HttpSettings;
import dev.sheaf.node.http.Route;
import dev.sheaf.node.identity.Audit;
import dev.sheaf.node.identity.ClaimMapping;
import dev.sheaf.node.identity.IssuerKeys;
import dev.sheaf.node.identity.LocalIssuer;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.node.identity.TokenVerifier;
import dev.sheaf.node.identity.TrustedIssuer;
import dev.sheaf.node.identity.TrustedIssuers;
import dev.sheaf.node.metrics.NodeMetrics;
import dev.sheaf.node.queries.DomainTokenPolicy;
import dev.sheaf.node.queries.QueryRoutes;
import dev.sheaf.node.queries.ReleaseTables;
import dev.sheaf.node.queries.StatementIds;
import dev.sheaf.product.Ledger;
import dev.sheaf.product.ledger.DataDirectory;
import dev.sheaf.product.ledger.SpecReader;
import dev.sheaf.query.QueryService;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The map of the running system, read from top to bottom: each part is made of those above it.
final class Wiring {
}
