package dev.sheaf.context.sequence;

/// Is shown the elements of a list one by one.
@FunctionalInterface
public interface ElementVisitor<V> {
    void visit(long dot, V value);
}
