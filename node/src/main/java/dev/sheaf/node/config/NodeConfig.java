package dev.sheaf.node.config;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.kernel.RegionName;

import java.util.Optional;
import java.util.OptionalInt;

/// Everything a node can be told.
public record NodeConfig(
        @Setting(
                        value = "The region that the node serves, cloud/location.",
                        fallback = "local/home")
                RegionName region,
        @Setting("Where and how the node listens.") ListenConfig listen,
        @Setting("What one caller may ask of the node.") LimitsConfig limits,
        @Setting("Whose tokens count.") IdentityConfig identity,
        @Setting("Where tables lie.") LakeSettings lake,
        @Setting("Where declarations and runs are recorded.") LedgerSettings ledger,
        @Setting("How products are published.") PublishingConfig publish,
        @Setting("How statements are run.") QueryingConfig query,
        @Setting("Where JDBC and ADBC clients are answered, over Arrow Flight SQL.")
                FlightSqlConfig flightSql,
        @Setting("The worker processes in which SQL runs.") EngineSettings engine,
        @Setting("The cache of remote files' byte ranges.") CacheSettings cache,
        @Setting("Links with the nodes of other regions.") LinksConfig links,
        @Setting("Documents that all regions read and write.") ContextSettings context,
        @Setting("What decides who may do what.") GovernanceConfig governance,
        @Setting("Data that is older than its contract allows.") RetentionConfig retention,
        @Setting("What moving data costs.") CostsConfig costs,
        @Setting("Copies of other regions' products that lie in this one.") ReplicasConfig replicas,
        @Setting("The schema registry.") SchemasConfig schemas,
        @Setting("Measurements.") MetricsConfig metrics,
        @Setting("Traces of the node's own work.") TracingConfig tracing,
        @Setting("The node's log.") LogConfig log) {
    public NodeConfig {
        if (links.peers().stream().anyMatch(peer -> peer.region().equals(region))) {
            throw new Problem(
                    ProblemCode.INVALID_VALUE,
                    "links.peers names the node's own region " + region + "; leave it away");
        }
    }

    /// This configuration with what a command line says instead.
    public NodeConfig with(Optional<RegionName> otherRegion, OptionalInt otherPort) {
        return new NodeConfig(
                otherRegion.orElse(region),
                otherPort.isPresent() ? listen.withPort(otherPort.getAsInt()) : listen,
                limits,
                identity,
                lake,
                ledger,
                publish,
                query,
                flightSql,
                engine,
                cache,
                links,
                context,
                governance,
                retention,
                costs,
                replicas,
                schemas,
                metrics,
                tracing,
                log);
    }
}
