package dev.sheaf.contract.document;

import dev.sheaf.contract.Finding;

import java.util.List;

/// What became of a document's bytes.
public sealed interface Parsed {
    /// @param remarks warnings about the notation itself, such as text that two versions of YAML
    ///   read differently
    record Tree(Node root, List<Finding> remarks) implements Parsed {
        public Tree {
            remarks = List.copyOf(remarks);
        }
    }

    /// No tree can be made of it.
    record Broken(Finding fault) implements Parsed {}
}
