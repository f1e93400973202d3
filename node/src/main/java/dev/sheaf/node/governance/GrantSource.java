package dev.sheaf.node.governance;

import dev.sheaf.governance.decision.GrantFacts;
import dev.sheaf.governance.decision.Subject;

import java.util.List;

/// The grants that there are. For any thread; asked with each decision, so it answers from memory.
public interface GrantSource {
    /// Those of a subject and of its teams for a resource, also those that have ended: which count
    /// is the policy's to say.
    List<GrantFacts> of(Subject subject, String resource);
}
