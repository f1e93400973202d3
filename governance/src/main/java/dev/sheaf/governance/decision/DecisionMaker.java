package dev.sheaf.governance.decision;

/// Answers questions: the policies in force here, or something outside that decides for the node.
/// For any thread. Nothing is thrown: what cannot be decided is denied.
public interface DecisionMaker {
    Decision decide(Question question);
}
