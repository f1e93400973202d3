package dev.sheaf.lineage;

import java.util.Optional;

/// Whose edges they are. The same job may be told of by several regions, and by other jobs; what
/// all of them say adds up.
///
/// @param region that has heard it
/// @param teller the job whose event told of this one; empty when it was its own
public record OwnerKey(Kind kind, EntityName name, String region, Optional<EntityName> teller) {
    /// What has edges.
    public enum Kind {
        JOB,
        /// A dataset for which it was said what it is made from, without a job.
        DATASET,
        /// An AI model.
        MODEL,
        /// Somebody who asks queries.
        CONSUMER
    }

    public OwnerKey(Kind kind, EntityName name, String region) {
        this(kind, name, region, Optional.empty());
    }
}
