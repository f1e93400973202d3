package dev.sheaf.node.queries;

import dev.sheaf.node.identity.Principal;
import dev.sheaf.query.TableRead;

import java.util.List;

/// Is told which products statements read, once that is decided. Must neither fail nor wait. For
/// any thread.
@FunctionalInterface
public interface ReadNotes {
    /// @param query the statement's id
    void read(String query, Principal caller, String sql, List<TableRead> tables);
}
